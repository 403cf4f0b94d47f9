package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.executor.control.HostGuard;
import dev.loadstar.executor.control.WorkerAddress;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Client certificates, proxy, host names, cookies, cache and passwords are as the plan says, seen from the server. */
class HttpSettingsTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final Samples samples = new Samples();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

    /** A request as the server saw it. */
    private record Seen(String url, String cookie, String authorization, String client) {}

    @Test
    void requestsGoWhereThePlanSaysWithWhatItSays() throws Exception {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext("/", this::answer);
        server.start();
        URI self = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try {
            run(
                    Map.of(),
                    manager("CookieManager", ""),
                    manager("CacheManager", "<boolProp name=\"useExpires\">true</boolProp>"),
                    manager("DNSCacheManager", """
                            <boolProp name="DNSCacheManager.isCustomResolver">true</boolProp>
                            <collectionProp name="DNSCacheManager.servers"/>
                            <collectionProp name="DNSCacheManager.hosts">
                              <elementProp name="shop.test" elementType="StaticHost">
                                <stringProp name="StaticHost.Name">shop.test</stringProp>
                                <stringProp name="StaticHost.Address">127.0.0.1</stringProp>
                              </elementProp>
                            </collectionProp>"""),
                    manager("AuthManager", """
                            <collectionProp name="AuthManager.auth_list">
                              <elementProp name="" elementType="Authorization">
                                <stringProp name="Authorization.url">%s/private</stringProp>
                                <stringProp name="Authorization.username">ada</stringProp>
                                <stringProp name="Authorization.password">lovelace</stringProp>
                                <stringProp name="Authorization.mechanism">BASIC</stringProp>
                              </elementProp>
                            </collectionProp>""".formatted(self)),
                    PlanText.get(self, "sets a cookie", "/cookie"),
                    PlanText.get(self, "has the cookie", "/next"),
                    PlanText.get(self, "fills the cache", "/kept"),
                    PlanText.get(self, "from the cache", "/kept"),
                    PlanText.get(self, "private", "/private"),
                    PlanText.get(self, "by name", "/named").replace(">127.0.0.1<", ">shop.test<"),
                    PlanText.get(self, "through a proxy", "/proxied")
                            .replace(">127.0.0.1<", ">nowhere.invalid<")
                            .replace("<boolProp name=\"HTTPSampler.use_keepalive\">", """
                                    <stringProp name="HTTPSampler.proxyHost">127.0.0.1</stringProp>
                                    <stringProp name="HTTPSampler.proxyPort">%d</stringProp>
                                    <boolProp name="HTTPSampler.use_keepalive">""".formatted(self.getPort())));
        } finally {
            server.stop(0);
        }

        // What the cache answers is no sample in JMeter.
        assertThat(samples.all()).hasSize(6).allSatisfy(HttpSettingsTests::isGood);
        assertThat(seen("/next").cookie()).isEqualTo("session=42");
        assertThat(seen.stream().filter(request -> request.url().equals("/kept")))
                .hasSize(1);
        assertThat(seen("/private").authorization())
                .isEqualTo(
                        "Basic " + Base64.getEncoder().encodeToString("ada:lovelace".getBytes(StandardCharsets.UTF_8)));
        assertThat(seen("/named").url()).isEqualTo("/named");
        assertThat(seen.stream().map(Seen::url)).contains("http://nowhere.invalid:" + self.getPort() + "/proxied");
    }

    @Test
    void hostThatIsComputedInARunMustBeAllowedWhoeverConnectsToIt() throws Exception {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext("/", this::answer);
        server.start();
        URI self = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        String byJava = "<stringProp name=\"HTTPSampler.implementation\">Java</stringProp>\n</HTTPSamplerProxy>";
        var allowed = new RunPlan.Target(self.toString(), List.of("127.0.0.1"));
        try (var _ = HostGuard.install(allowed, new WorkerAddress("127.0.0.1", 1))) {
            run(
                    Map.of(),
                    PlanText.get(self, "allowed", "/allowed"),
                    PlanText.get(self, "computed", "/computed").replace(">127.0.0.1<", ">local${__P(unset,host)}<"),
                    PlanText.get(self, "by Java", "/by-java")
                            .replace(">127.0.0.1<", ">local${__P(unset,host)}<")
                            .replace("</HTTPSamplerProxy>", byJava));
        } finally {
            server.stop(0);
        }

        assertThat(seen).extracting(Seen::url).containsExactly("/allowed");
        assertThat(samples.all())
                .filteredOn(sample -> !sample.label().equals("allowed"))
                .hasSize(2)
                .allSatisfy(sample -> assertThat(sample.errorKind() + ": " + sample.errorMessage())
                        .isEqualTo("host.refused: localhost is not in `allowHosts`"));
    }

    @Test
    void clientCertificateOfTheRepositoryIsShown() throws Exception {
        Path store = Files.createDirectories(folder.resolve("keys")).resolve("client.p12");
        generateKey(store);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new ClientsWithCertificates(context(store)));
        server.createContext("/", this::answer);
        server.start();
        try {
            URI self = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
            run(
                    Map.of(
                            "javax.net.ssl.keyStore",
                            "keys/client.p12",
                            "javax.net.ssl.keyStorePassword",
                            PASSWORD,
                            "javax.net.ssl.keyStoreType",
                            "pkcs12"),
                    PlanText.get(self, "with certificate", "/tls").replace(">http<", ">https<"));
        } finally {
            server.stop(0);
        }

        assertThat(samples.all()).singleElement().satisfies(HttpSettingsTests::isGood);
        assertThat(seen("/tls").client()).isEqualTo("CN=load test");
    }

    private static void isGood(Sample sample) {
        assertThat(sample.errorKind())
                .as(sample.label() + ": " + sample.errorMessage())
                .isNull();
    }

    private Seen seen(String path) {
        return seen.stream()
                .filter(request -> request.url().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String url = exchange.getRequestURI().toString();
            var headers = exchange.getRequestHeaders();
            String client = exchange instanceof HttpsExchange secure
                    ? secure.getSSLSession().getPeerPrincipal().getName()
                    : "";
            seen.add(new Seen(
                    url,
                    String.valueOf(headers.getFirst("Cookie")),
                    String.valueOf(headers.getFirst("Authorization")),
                    client));
            if (url.equals("/cookie")) {
                exchange.getResponseHeaders().add("Set-Cookie", "session=42; Path=/");
            }
            if (url.equals("/kept")) {
                exchange.getResponseHeaders().add("Cache-Control", "max-age=600");
            }
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void run(Map<String, String> properties, String... elements) throws InterruptedException {
        Plans.script(folder, "test.jmx", PlanText.plan(PlanText.group("users", 1, 1, elements)));
        var scenario = Plans.scenario("test.jmx", new Load.FromScript(Duration.ofSeconds(5)), properties);
        try (var target = new Target(Duration.ZERO);
                ToolSession session = new JMeterTool()
                        .prepare(
                                Plans.shard(scenario, target, 0, 1),
                                Secrets.NONE,
                                folder,
                                samples,
                                () -> true,
                                KitRows.of(Inputs.NONE))) {
            session.start(Instant.now());
            assertThat(session.await()).isEqualTo(ToolSession.ToolEnd.DONE);
        }
    }

    private static String manager(String type, String properties) {
        return PlanText.element(type, type).replace("</" + type + ">", properties + "</" + type + ">");
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** One key for both sides: who has it is who it says. */
    private static void generateKey(Path store) throws Exception {
        var keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "client",
                "-keyalg",
                "EC",
                "-dname",
                "CN=load test",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        Process process = new ProcessBuilder(keytool).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", keys.getCertificate("client"));
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static final class ClientsWithCertificates extends HttpsConfigurator {

        ClientsWithCertificates(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters needed = getSSLContext().getDefaultSSLParameters();
            needed.setNeedClientAuth(true);
            parameters.setSSLParameters(needed);
        }
    }
}
