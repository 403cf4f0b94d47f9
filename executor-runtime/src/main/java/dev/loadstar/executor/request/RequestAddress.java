package dev.loadstar.executor.request;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.template.Encoding;
import dev.loadstar.contract.template.Template;
import dev.loadstar.executor.secret.PlanValues;
import dev.loadstar.executor.tool.HostRefusedException;
import org.jspecify.annotations.Nullable;

/** Where a request goes: the target's address with path and query, or another address of an allowed host. */
final class RequestAddress {

    private static final String LEGAL =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?[]@!$&'()*+,;=%";

    private final RunPlan.Target target;
    private final Text path;
    private final String query;
    private final Map<String, Text> parameters;

    /** A path that is one reference is an address that a response gave, and is followed like a link. */
    private final boolean link;

    private final @Nullable URL fixed;

    RequestAddress(RunPlan.Target target, String path, Map<String, String> query, PlanValues values)
            throws IOException {
        this.target = target;
        this.link = Template.of(path).isReference();
        this.path = Text.of(path, link ? Encoding.NONE : Encoding.URL, values, RequestAddress::legal);
        this.query = path.contains("?") ? "&" : "?";
        this.parameters = query.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        parameter -> Text.of(parameter.getValue(), Encoding.URL, values, Encoding.URL::encode),
                        (one, other) -> other,
                        LinkedHashMap::new));
        boolean same = this.path.isFixed() && parameters.values().stream().allMatch(Text::isFixed);
        this.fixed = same ? build(Visit.NONE) : null;
    }

    /** @throws IOException with a sentence if a value makes it no address, or leads to a host that is not allowed */
    URL in(Visit visit) throws IOException {
        return fixed != null ? fixed : build(visit);
    }

    private URL build(Visit visit) throws IOException {
        String parameters = this.parameters.entrySet().stream()
                .map(parameter -> Encoding.URL.encode(parameter.getKey()) + "="
                        + parameter.getValue().in(visit))
                .collect(Collectors.joining("&"));
        String address = absolute(path.in(visit)) + (parameters.isEmpty() ? "" : query + parameters);
        try {
            URL url = URI.create(address).toURL();
            checkHost(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw new IOException("`%s` is no address".formatted(address), e);
        }
    }

    private void checkHost(URL url) throws IOException {
        boolean web = url.getProtocol().equals("http") || url.getProtocol().equals("https");
        if (!web || !target.allows(url.getHost())) {
            throw HostRefusedException.of("The path", url.getHost());
        }
    }

    private String absolute(String filled) {
        if (filled.startsWith("http://") || filled.startsWith("https://")) {
            return filled;
        }
        String base = target.baseUrl().replaceFirst("[/?#]+$", "");
        if (link) {
            return URI.create(base + "/").resolve(legal(filled)).toString();
        }
        return base + (filled.startsWith("/") ? "" : "/") + filled;
    }

    /** Escapes what may not stand in an address, and leaves alone what may. */
    private static String legal(String literal) {
        return Encoding.percent(literal, LEGAL);
    }
}
