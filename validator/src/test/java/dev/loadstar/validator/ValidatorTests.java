package dev.loadstar.validator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.launcher.ProcessLauncher;
import dev.loadstar.validator.artifact.ArtifactSettings;
import dev.loadstar.validator.definition.Overrides;
import dev.loadstar.validator.source.Repo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ValidatorTests {

    private static final String DEFINITION = """
            {
              "version": "loadstar/v1",
              "name": "smoke",
              "labels": { "team": "shop", "env": "ci" },
              "target": { "baseUrl": "http://127.0.0.1:8090" },
              "scenarios": [
                {
                  "name": "browse",
                  "tool": "tiny",
                  "script": { "file": "scripts/browse.tiny", "properties": { "think": 5 } },
                  "load": { "users": 20, "rampUp": "5s", "duration": "30s" }
                }
              ],
              "executors": { "count": 2 },
              "assertions": ["p95 of home < 300ms", "errors < 1%"]
            }
            """;
    private static final String GOOD = inspection("", "\"home\", \"cart\"", "\"127.0.0.1\"");

    @TempDir
    static Path home;

    @TempDir
    Path temp;

    private ProcessLauncher launcher;
    private Validator validator;

    @BeforeAll
    static void installTool() throws IOException {
        TinyTool.install(home);
    }

    @BeforeEach
    void createValidator() {
        launcher = new ProcessLauncher(home, temp.resolve("jobs"));
        validator = validator(Duration.ofSeconds(30));
    }

    @Test
    void commitWithAGoodDefinitionBecomesAPlan() throws IOException {
        try (var repo = new Repo(temp.resolve("repo.git"))) {
            String commit = repo.file("loadstar.json", DEFINITION)
                    .file("scripts/browse.tiny", GOOD)
                    .commit("main");

            RunPlan plan = accepted(new Submission.Git(
                    repo.address(),
                    null,
                    "loadstar.json",
                    null,
                    new Overrides(Map.of("env", "laptop"), null, Map.of())));

            assertThat(plan.source()).isEqualTo(new RunPlan.Source(repo.address(), "main", commit, "loadstar.json"));
            assertThat(plan.labels()).isEqualTo(Map.of("team", "shop", "env", "laptop"));
            assertThat(plan.files())
                    .extracting(BundleFile::path)
                    .containsExactly("loadstar.json", "scripts/browse.tiny");
            assertThat(plan.target().allowHosts()).containsExactly("127.0.0.1");
            assertThat(plan.scenarios().getFirst().load())
                    .isInstanceOfSatisfying(
                            Load.Closed.class,
                            load -> assertThat(load.stages())
                                    .containsExactly(
                                            new Load.Stage("ramp", Duration.ofSeconds(5), 20, Load.Shape.RAMP, false),
                                            new Load.Stage("hold", Duration.ofSeconds(30), 20, Load.Shape.HOLD, true)));
            assertThat(((ScenarioPlan.Script) plan.scenarios().getFirst().work()).properties())
                    .containsEntry("think", "5");
            assertThat(plan.assertions()).extracting(AssertionPlan::id).containsExactly("p95-1", "errors-2");
            assertThat(plan.shards()).hasSize(2);
        }
    }

    @Test
    void ownLoadThatExecutorsCannotShareIsRefusedForMoreThanOne() throws IOException {
        String fromScript = DEFINITION
                .replace("\"script\": {", "\"script\": { \"loadFrom\": \"script\",")
                .replace("\"users\": 20, \"rampUp\": \"5s\", \"duration\": \"30s\"", "\"model\": \"fromScript\"");
        String script = GOOD.replace(
                "\"groups\": [",
                "\"groups\": [{\"name\": \"waves\", \"type\": \"T\", \"users\": 3, \"alone\": \"it is one wave\"}");

        assertThat(refused(upload("loadstar.json", fromScript, "scripts/browse.tiny", script)))
                .containsExactly(new Problem(
                        "/scenarios/0/script/loadFrom",
                        "value-invalid",
                        "The load of 'waves' cannot be divided over 2 executors: it is one wave",
                        "Set `executors.count` to one per scenario, or let the platform decide the load"));
        accepted(upload(
                "loadstar.json", fromScript.replace("\"count\": 2", "\"count\": 1"), "scripts/browse.tiny", script));
    }

    @Test
    void uploadGivesTheSameBundleAsACommit() throws IOException {
        try (var repo = new Repo(temp.resolve("repo.git"))) {
            repo.file("loadstar.json", DEFINITION)
                    .file("scripts/browse.tiny", GOOD)
                    .commit("main");
            RunPlan committed =
                    accepted(new Submission.Git(repo.address(), "main", "loadstar.json", null, Overrides.NONE));

            RunPlan uploaded = accepted(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", GOOD));

            assertThat(uploaded.bundle()).isEqualTo(committed.bundle());
            assertThat(uploaded.source().commit()).isNull();
        }
    }

    @Test
    void nothingIsLeftBehindAndTheAnswerIsRemembered() throws IOException {
        Submission submission = upload("loadstar.json", DEFINITION, "scripts/browse.tiny", GOOD);
        accepted(submission);
        assertThat(launcher.list()).isEmpty();
        try (var left = Files.list(temp.resolve("data/inspect"))) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("answers");
        }

        var withoutTool = new Validator(
                settings(Duration.ofSeconds(30)),
                new ProcessLauncher(temp.resolve("no-home"), temp.resolve("jobs")),
                new BlobStore(temp.resolve("blobs")));

        assertThat(withoutTool.validate(submission, KnownSecrets.NONE)).isInstanceOf(Validation.Accepted.class);
    }

    @Test
    void whatTheToolFindsIsPartOfTheAnswer() throws IOException {
        String bad = inspection(
                "{\"pointer\": \"/script/file\", \"code\": \"script-invalid\", \"message\": \"not XML\", \"hint\": \"look\"}",
                "",
                "\"evil.example.org\", \"169.254.169.254\"");

        assertThat(refused(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", bad)))
                .extracting(Problem::pointer, Problem::code, Problem::message)
                .containsExactly(
                        tuple("/scenarios/0/script/file", "script-invalid", "not XML"),
                        tuple(
                                "/scenarios/0/script/file",
                                "target-not-allowed",
                                "Load would go to evil.example.org, which is not in `allowHosts`"),
                        tuple(
                                "/scenarios/0/script/file",
                                "target-not-allowed",
                                "169.254.169.254 is a link-local, metadata or multicast address and is never loaded"));
    }

    @Test
    void prometheusThatTheOperatorDidNotRegisterIsRefused() throws IOException {
        String definition = DEFINITION.replace("\"target\":", """
                "monitoring": {"prometheus": [{"name": "staging", "server": "main", "queries": [
                  {"id": "cpu", "promql": "max(load1)"}]}]}, "target":""");
        Submission submission = upload("loadstar.json", definition, "scripts/browse.tiny", GOOD);

        assertThat(refused(submission))
                .containsExactly(new Problem(
                        "/monitoring/prometheus/0/server",
                        "value-invalid",
                        "No Prometheus is registered as `main`",
                        "The operator registers one with `loadstar.prometheus.<name>.url`"));

        validator = new Validator(
                settings(Duration.ofSeconds(30)).withPrometheus(Set.of("main")),
                launcher,
                new BlobStore(temp.resolve("blobs")));
        assertThat(accepted(submission).queries())
                .extracting(TargetQuery::server)
                .containsExactly("main");
    }

    @Test
    void whatAScriptIsBuiltToReachesItsExecutorsAndIsBuiltOnce() throws IOException {
        String script = GOOD.replace("\"hosts\"", "\"builds\": \"code.jar\", \"hosts\"");
        Submission submission = upload("loadstar.json", DEFINITION, "scripts/browse.tiny", script);

        RunPlan plan = accepted(submission);

        BundleFile built = ((ScenarioPlan.Script) plan.scenarios().getFirst().work())
                .built()
                .getFirst();
        Path blob = new BlobStore(temp.resolve("blobs")).path(built.digest());
        assertThat(built.path()).isEqualTo(".loadstar/built/code.jar");
        assertThat(blob)
                .hasContent("built with https://repo.maven.apache.org/maven2")
                .hasSize(built.size());
        assertThat(plan.shards()).allSatisfy(shard -> assertThat(shard.files()).contains(built));
        assertThat(plan.files()).doesNotContain(built);
        var withoutTool = new Validator(
                settings(Duration.ofSeconds(30)),
                new ProcessLauncher(temp.resolve("no-home"), temp.resolve("jobs")),
                new BlobStore(temp.resolve("blobs")));
        assertThat(withoutTool.validate(submission, KnownSecrets.NONE))
                .isEqualTo(new Validation.Accepted(plan, List.of()));

        Files.delete(blob);

        assertThat(accepted(submission)).isEqualTo(plan);
        assertThat(blob).exists();
    }

    @Test
    void buildsKnowNoMirrorThatAsksForAPassword() throws IOException {
        ArtifactSettings guarded = ArtifactSettings.DEFAULT.from("https://mirror.invalid/maven", "me", "hidden");

        assertThat(builtWith(guarded, "a.jar")).isEqualTo("built with null");
        assertThat(builtWith(guarded.withBuildsFrom("https://open.invalid/maven"), "b.jar"))
                .isEqualTo("built with https://open.invalid/maven");
    }

    private String builtWith(ArtifactSettings artifacts, String file) throws IOException {
        var blobs = new BlobStore(temp.resolve("blobs"));
        validator = new Validator(settings(Duration.ofSeconds(30)).withArtifacts(artifacts), launcher, blobs);
        String script = GOOD.replace("\"hosts\"", "\"builds\": \"%s\", \"hosts\"".formatted(file));
        RunPlan plan = accepted(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", script));
        BundleFile built = ((ScenarioPlan.Script) plan.scenarios().getFirst().work())
                .built()
                .getFirst();
        return Files.readString(blobs.path(built.digest()));
    }

    @Test
    void linksAreNotTakenForWhatWasBuiltAndTooManyFilesAreRefused() throws IOException {
        String link = GOOD.replace("\"hosts\"", "\"builds\": \"-> /etc/passwd\", \"hosts\"");
        RunPlan plan = accepted(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", link));
        assertThat(((ScenarioPlan.Script) plan.scenarios().getFirst().work()).built())
                .isEmpty();

        String many = GOOD.replace("\"hosts\"", "\"builds\": \"501 files\", \"hosts\"");
        assertThat(refused(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", many)))
                .containsExactly(new Problem(
                        "/scenarios/0/script/file",
                        "artifact-refused",
                        "What is built of the script has more than 500 files",
                        null));
    }

    @Test
    void whatCouldNotBeFetchedIsNotRemembered() throws IOException {
        String script = inspection(
                "{\"pointer\": \"\", \"code\": \"artifact-unreachable\", \"message\": \"no answer\"}", "", "");

        assertThat(refused(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", script)))
                .extracting(Problem::code)
                .containsExactly("artifact-unreachable");

        try (var left = Files.list(temp.resolve("data/inspect"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void toolThatCrashesIsAProblemWithItsLastWords() throws IOException {
        assertThat(refused(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", "exit 4")))
                .containsExactly(new Problem(
                        "/scenarios/0/script/file",
                        "inspect-failed",
                        "The inspection ended with exit code 4",
                        "It wrote:\ntiny looks at browse.tiny"));
        assertThat(launcher.list()).isEmpty();
    }

    @Test
    void toolThatHangsIsStoppedAndForgotten() throws IOException {
        validator = validator(Duration.ofMillis(1500));

        assertThat(refused(upload("loadstar.json", DEFINITION, "scripts/browse.tiny", "hang")))
                .extracting(Problem::code)
                .containsExactly("inspect-failed");
        assertThat(launcher.list()).isEmpty();
    }

    @Test
    void allProblemsComeAtOnce() throws IOException {
        String definition = DEFINITION
                .replace("\"rampUp\"", "\"ramp-up\"")
                .replace("browse.tiny", "browze.tiny")
                .replace("127.0.0.1:8090", "169.254.169.254")
                .replace("p95 of home < 300ms", "p95 < 300");

        assertThat(refused(upload("loadstar.json", definition, "scripts/browse.tiny", GOOD)))
                .extracting(Problem::pointer, Problem::code, Problem::hint)
                .containsExactly(
                        tuple("/scenarios/0/load/ramp-up", "key-unknown", "Did you mean `rampUp`?"),
                        tuple("/assertions/0", "unit-invalid", null),
                        tuple("/target/baseUrl", "target-not-allowed", null),
                        tuple("/scenarios/0/script/file", "script-missing", "Did you mean \"scripts/browse.tiny\"?"));
    }

    @Test
    void missingDefinitionNamesThoseThatThereAre() throws IOException {
        var submission = new Submission.Upload(
                zip("a/loadstar.json", DEFINITION, "scripts/browse.tiny", GOOD), "loadstar.json", Overrides.NONE);

        assertThat(refused(submission))
                .containsExactly(new Problem(
                        "", "definition-missing", "There is no file \"loadstar.json\"", "There is: a/loadstar.json"));
    }

    @Test
    void unreadableSourcesAreAnswersNotFailures() throws IOException {
        Path text = Files.writeString(temp.resolve("text.zip"), "no zip");

        assertThat(refused(new Submission.Upload(text, "loadstar.json", Overrides.NONE)))
                .extracting(Problem::code)
                .containsExactly("bundle-invalid");
        assertThat(refused(new Submission.Git("ftp://example.org/x", null, "loadstar.json", null, Overrides.NONE)))
                .extracting(Problem::code)
                .containsExactly("git-not-allowed");
        assertThat(refused(upload("loadstar.json", DEFINITION, "../evil", "x")))
                .extracting(Problem::code)
                .containsExactly("file-outside");
        assertThat(refused(upload("loadstar.json", DEFINITION, ".loadstar/built/code.jar", "x")))
                .extracting(Problem::code, Problem::message)
                .containsExactly(tuple("bundle-invalid", "The folder .loadstar is for Loadstar's own files"));
        assertThat(refused(upload("loadstar.json", "{\"version\": ", "x", "x")))
                .extracting(Problem::code)
                .containsExactly("definition-not-json");
    }

    @Test
    void overridesTakeThePlaceOfWhatTheDefinitionSays() throws IOException {
        String definition = DEFINITION.replace("8090\"", "8090\", \"allowHosts\": [\"127.0.0.1\", \"localhost\"]");
        var overrides = new Overrides(Map.of("build", "7", "env", "laptop"), "http://localhost:9/x", Map.of());

        RunPlan plan = accepted(upload(definition, GOOD, overrides));

        assertThat(plan.labels()).isEqualTo(Map.of("team", "shop", "env", "laptop", "build", "7"));
        assertThat(plan.target())
                .isEqualTo(new RunPlan.Target("http://localhost:9/x", List.of("127.0.0.1", "localhost")));
        var elsewhere = new Overrides(Map.of(), "http://other.invalid", Map.of());
        assertThat(refused(upload(definition, GOOD, elsewhere)))
                .containsExactly(new Problem(
                        "/target",
                        "target-not-allowed",
                        "The host other.invalid is not in `allowHosts`",
                        "Add it to /target/allowHosts"));
    }

    @Test
    void targetThatIsOverriddenIsTheAllowedHostWhereTheDefinitionListsNone() throws IOException {
        String own = inspection("", "\"home\"", "");
        var elsewhere = new Overrides(Map.of(), "http://other.invalid", Map.of());
        var refusedByAll = new Overrides(Map.of(), "http://169.254.169.254", Map.of());

        assertThat(accepted(upload(DEFINITION, own, elsewhere)).target())
                .isEqualTo(new RunPlan.Target("http://other.invalid", List.of("other.invalid")));
        assertThat(refused(upload(DEFINITION, own, refusedByAll)))
                .extracting(Problem::pointer, Problem::code)
                .containsExactly(tuple("/target", "target-not-allowed"));
        assertThat(refused(upload(DEFINITION, GOOD, elsewhere)))
                .extracting(Problem::message)
                .containsExactly("Load would go to 127.0.0.1, which is not in `allowHosts`");
    }

    @Test
    void variableThatNothingReadsIsRefused() throws IOException {
        var overrides = new Overrides(Map.of(), null, Map.of("CURENCY", "EUR"));

        assertThat(refused(upload(DEFINITION, GOOD, overrides)))
                .contains(new Problem(
                        "/variables/CURENCY",
                        "key-unknown",
                        "The definition has no variable `CURENCY`",
                        "Declare it in the definition's `variables` or use ${env.CURENCY}"));
    }

    @Test
    void definitionGivenAtSubmissionTakesThePlaceOfTheFileInTheRepository() throws IOException {
        try (var repo = new Repo(temp.resolve("repo.git"))) {
            String commit = repo.file("loadstar.json", "not even JSON")
                    .file("scripts/browse.tiny", GOOD)
                    .commit("main");

            var submission = new Submission.Git(repo.address(), null, "loadstar.json", DEFINITION, Overrides.NONE);

            assertThat(validator.validate(submission, KnownSecrets.NONE))
                    .isInstanceOfSatisfying(Validation.Accepted.class, accepted -> {
                        assertThat(accepted.plan().source().commit()).isEqualTo(commit);
                        assertThat(accepted.plan().files())
                                .extracting(BundleFile::path)
                                .containsExactly("loadstar.json", "scripts/browse.tiny");
                        assertThat(accepted.warnings())
                                .containsExactly(
                                        "The definition was given at submission; that of the commit was not used");
                    });
        }
    }

    @Test
    void definitionAloneHasNoFiles() {
        assertThat(validator.validate(new Submission.Pasted(DEFINITION, Overrides.NONE), KnownSecrets.NONE))
                .isInstanceOfSatisfying(Validation.Refused.class, refused -> {
                    assertThat(refused.source())
                            .isEqualTo(new RunPlan.Source(null, Validator.PASTED, null, "loadstar.json"));
                    assertThat(refused.problems())
                            .containsExactly(new Problem(
                                    "/scenarios/0/script/file",
                                    "script-missing",
                                    "There is no file \"scripts/browse.tiny\" in the repository",
                                    "The definition is the only file; others come with `git`"));
                });
    }

    @Test
    void labelThatNoScriptHasIsAWarning() throws IOException {
        String definition = DEFINITION.replace("of home", "of hame");

        assertThat(validator.validate(
                        upload("loadstar.json", definition, "scripts/browse.tiny", GOOD), KnownSecrets.NONE))
                .isInstanceOfSatisfying(
                        Validation.Accepted.class,
                        accepted -> assertThat(accepted.warnings())
                                .containsExactly(
                                        "p95-1: no scenario has a request named 'hame'; did you mean 'home'?"));
    }

    @Test
    void secretThatIsNotKeptIsNamedBeforeAnythingStarts() throws IOException {
        String definition = DEFINITION.replace(
                "\"executors\"",
                "\"secrets\": [{\"name\": \"A\", \"from\": \"project:kept\"}, {\"name\": \"B\", \"from\": \"project:lost\"}],"
                        + " \"executors\"");
        Submission submission = upload("loadstar.json", definition, "scripts/browse.tiny", GOOD);
        var secrets = new KnownSecrets() {
            @Override
            public boolean has(String from) {
                return from.equals("project:kept");
            }

            @Override
            public Optional<String> value(String from) {
                throw new AssertionError("nobody needs the value of " + from);
            }
        };

        assertThat(validator.validate(submission, secrets))
                .isInstanceOfSatisfying(
                        Validation.Refused.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly(new Problem(
                                        "/secrets/1/from",
                                        "secret-missing",
                                        "There is no secret project:lost",
                                        "Keep it in the project first, or name one that is there")));
    }

    private static final String REQUESTS = """
            {
              "version": "loadstar/v1",
              "name": "buy",
              "target": { "baseUrl": "http://127.0.0.1:8090" },
              "data": [{ "name": "users", "file": "users.csv", "share": "partition" }],
              "scenarios": [
                {
                  "name": "buy",
                  "tool": "tiny",
                  "data": ["users"],
                  "requests": [
                    { "name": "see", "path": "/see/${data.users.sku}" },
                    { "name": "send", "path": "/send", "method": "POST", "body": { "file": "users.csv" } }
                  ],
                  "load": { "users": 4, "duration": "30s" }
                }
              ],
              "executors": { "count": 2 },
              "assertions": ["p95 of sea < 300ms"]
            }
            """;

    @Test
    void dataOfRequestsIsReadForItsColumnsAndRows() throws IOException {
        Submission submission = upload("loadstar.json", REQUESTS, "users.csv", "name,sku\nann,\"tea\n1\"\nbob,cup\n\n");

        var answer = validator.validate(submission, KnownSecrets.NONE);
        assertThat(answer).isInstanceOfSatisfying(Validation.Accepted.class, accepted -> {
            assertThat(accepted.plan().inputs().data()).singleElement().satisfies(data -> {
                assertThat(data.columns()).containsExactly("name", "sku");
                assertThat(data.rows()).isEqualTo(2);
                assertThat(data.header()).isTrue();
            });
            assertThat(accepted.warnings())
                    .containsExactly("p95-1: no scenario has a request named 'sea'; did you mean 'see'?");
        });
        assertThat(launcher.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "name,skuu;a,b;c,d | /scenarios/0/requests/0/path | ${data.users.sku}: users.csv has no such column | Did you mean ${data.users.skuu}?",
                "name,sku;a,b,c    | /data/0/file | users.csv, line 2: values of 3 columns, there are 2 | Values are separated by `delimiter`; one that holds it stands in quotes",
                "name,sku;a,\"b    | /data/0/file | users.csv: Line 2: a quote is not closed |",
                "name,sku          | /data/0/file | users.csv has no row | Its first line names the columns",
                "name,sku;a,b      | /data/0/file | users.csv has 1 rows for 2 executors of `buy`: some would get none | Use fewer executors, or set `share` to `all`",
            })
    void dataThatCannotBeUsedIsNamed(String text, String pointer, String message, @Nullable String hint)
            throws IOException {
        Submission submission = upload("loadstar.json", REQUESTS, "users.csv", text.replace(';', '\n'));

        assertThat(refused(submission)).containsExactly(new Problem(pointer, "value-invalid", message, hint));
    }

    @Test
    void filesAndHostsOfRequestsAreHeldAgainstBundleAndTarget() throws IOException {
        String definition = REQUESTS.replace(
                        "\"body\": { \"file\": \"users.csv\" }", "\"body\": { \"file\": \"user.csv\" }")
                .replace("/see/${", "https://shop.example.org/see/${");

        assertThat(refused(upload("loadstar.json", definition, "users.csv", "sku\na\nb\n")))
                .containsExactlyInAnyOrder(
                        new Problem(
                                "/scenarios/0/requests/1/body/file",
                                "file-missing",
                                "There is no file \"user.csv\" in the repository",
                                "Did you mean \"users.csv\"?"),
                        new Problem(
                                "/scenarios/0/requests/0/path",
                                "target-not-allowed",
                                "Load would go to shop.example.org, which is not in `allowHosts`",
                                "Allowed: 127.0.0.1"));
    }

    private RunPlan accepted(Submission submission) {
        return switch (validator.validate(submission, KnownSecrets.NONE)) {
            case Validation.Accepted accepted -> accepted.plan();
            case Validation.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private List<Problem> refused(Submission submission) {
        return switch (validator.validate(submission, KnownSecrets.NONE)) {
            case Validation.Accepted accepted -> throw new AssertionError(accepted.toString());
            case Validation.Refused refused -> refused.problems();
        };
    }

    private Validator validator(Duration inspection) {
        return new Validator(settings(inspection), launcher, new BlobStore(temp.resolve("blobs")));
    }

    private ValidatorSettings settings(Duration inspection) {
        var limits = new ValidatorSettings.Limits(10 << 20, 100, Duration.ofSeconds(20), inspection);
        return ValidatorSettings.of(temp.resolve("data"), home)
                .withLocalGit(true)
                .withLimits(limits);
    }

    private Submission upload(String first, String firstText, String second, String secondText) throws IOException {
        return new Submission.Upload(zip(first, firstText, second, secondText), "loadstar.json", Overrides.NONE);
    }

    private Submission upload(String definition, String script, Overrides overrides) throws IOException {
        return new Submission.Upload(
                zip("loadstar.json", definition, "scripts/browse.tiny", script), "loadstar.json", overrides);
    }

    private Path zip(String first, String firstText, String second, String secondText) throws IOException {
        Path zip = Files.createTempFile(temp, "upload", ".zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            write(out, first, firstText);
            write(out, second, secondText);
        }
        return zip;
    }

    private static void write(ZipOutputStream out, String path, String text) throws IOException {
        out.putNextEntry(new ZipEntry(path));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }

    private static String inspection(String problems, String labels, String hosts) {
        return "{\"problems\": [%s], \"warnings\": [], \"labels\": [%s], \"hosts\": [%s], \"groups\": [], \"built\": []}"
                .formatted(problems, labels, hosts);
    }
}
