package dev.loadstar.validator.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.eclipse.jgit.transport.Daemon;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GitSourceTests {

    private static final SourceLimits LIMITS = new SourceLimits(10 << 20, 100, Duration.ofSeconds(20));

    @TempDir
    Path temp;

    private Repo repo;

    @BeforeEach
    void createRepository() throws IOException {
        repo = new Repo(temp.resolve("repo.git"));
    }

    @AfterEach
    void closeRepository() {
        repo.close();
    }

    @Test
    void refMayBeBranchTagOrCommitFullOrAbbreviatedOrNothing() throws IOException {
        String first = repo.file("a.txt", "first").commit("main");
        repo.tag("v1", first);
        String second = repo.file("a.txt", "second").commit("main");
        String third = repo.file("a.txt", "third").commit("feature/x");
        String old = repo.file("a.txt", "fourth").commit("main");
        repo.file("a.txt", "fifth").commit("main");

        assertThat(read("v1").commit()).isEqualTo(first);
        assertThat(read("feature/x").commit()).isEqualTo(third);
        assertThat(read(second).commit()).isEqualTo(second);
        assertThat(read(old.substring(0, 8)).commit()).isEqualTo(old);
        assertThat(text(read(null), "a.txt")).isEqualTo("fifth");
        assertThat(read(null).ref()).isEqualTo("main");
        assertThat(read("refs/heads/feature/x").commit()).isEqualTo(third);
    }

    @Test
    void newCommitOfABranchIsSeen() throws IOException {
        repo.file("a.txt", "first").commit("main");
        assertThat(text(read("main"), "a.txt")).isEqualTo("first");

        String second = repo.file("a.txt", "second").file("b.txt", "b").commit("main");

        assertThat(read("main").commit()).isEqualTo(second);
        assertThat(text(read("main"), "a.txt")).isEqualTo("second");
    }

    @Test
    void commitIsFetchedWithoutItsHistory() throws IOException {
        repo.file("a.txt", "first").commit("main");
        repo.file("a.txt", "second").commit("main");

        read("main");

        try (var caches = Files.list(temp.resolve("git"))) {
            assertThat(caches.toList())
                    .singleElement()
                    .satisfies(cache -> assertThat(cache.resolve("shallow")).exists());
        }
    }

    @Test
    void equalFilesMakeAnEqualBundleWhateverTheCommit() throws IOException {
        repo.file("a.txt", "same").commit("main");
        repo.file("a.txt", "same").commit("other");

        assertThat(read("main").digest()).isEqualTo(read("other").digest()).startsWith("sha256:");
        repo.executable("a.txt", "same").commit("other");
        assertThat(read("main").digest()).isNotEqualTo(read("other").digest());
    }

    @Test
    void unknownRefNamesBranchesThatThereAre() throws IOException {
        repo.file("a.txt", "a").commit("main");
        repo.commit("release");

        assertRefused("relase", ErrorCode.GIT_REF_UNKNOWN)
                .satisfies(e -> assertThat(
                                ((LoadstarException) e).problems().getFirst().hint())
                        .isEqualTo("Branches: main, release"));
        assertRefused("abcdef12", ErrorCode.GIT_REF_UNKNOWN);
        assertRefused("0123456789012345678901234567890123456789", ErrorCode.GIT_REF_UNKNOWN);
    }

    @Test
    void emptyRepositoryHasNoRef() {
        assertRefused(null, ErrorCode.GIT_REF_UNKNOWN);
    }

    @Test
    void linkInsideBecomesACopy() throws IOException {
        repo.executable("lib/run.sh", "run")
                .file("lib/deep/a.csv", "a")
                .link("run.sh", "lib/run.sh")
                .link("more/data", "../lib/deep")
                .link("chain", "run.sh")
                .link("nowhere", "gone.txt")
                .link("lib/self", ".")
                .submodule("vendor/x")
                .commit("main");

        Bundle bundle = read("main");

        assertThat(bundle.files())
                .extracting(BundleFile::path)
                .containsExactly("chain", "lib/deep/a.csv", "lib/run.sh", "more/data/a.csv", "run.sh");
        assertThat(text(bundle, "chain")).isEqualTo("run");
        assertThat(bundle.file("run.sh").orElseThrow().executable()).isTrue();
        assertThat(bundle.warnings())
                .containsExactly(
                        "The submodule vendor/x is left out",
                        "The link lib/self leads to a folder that it is in, and is left out",
                        "The link nowhere leads to nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../etc/passwd", "..", "loop"})
    void linkThatLeadsOutIsRefused(String target) throws IOException {
        repo.link("loop", target).commit("main");

        assertRefused("main", ErrorCode.FILE_OUTSIDE);
    }

    @Test
    void repositoryOverALimitIsRefused() throws IOException {
        for (int i = 0; i < 101; i++) {
            repo.file("f" + i, "x");
        }
        repo.commit("many");
        repo.file("large", "0123456789abcdef".repeat(700_000)).commit("large");
        var limits = new SourceLimits(10 << 20, 1000, Duration.ofSeconds(20));

        assertRefused("many", ErrorCode.GIT_TOO_LARGE).hasMessage("There are more than 100 files");
        assertThatThrownBy(() -> source(true, limits).read(repo.address(), "large"))
                .isInstanceOfSatisfying(
                        LoadstarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GIT_TOO_LARGE))
                .hasMessage("A file in the repository is larger than 10 MiB");
    }

    @Test
    void whatIsSmallOnTheWayAndLargeUnpackedIsRefusedBeforeAnythingIsKept() throws IOException {
        for (int i = 0; i < 3; i++) {
            repo.file("zeros" + i, i + "\0".repeat(6 << 20));
        }
        repo.commit("main");

        assertThatThrownBy(() -> source(true, new SourceLimits(10 << 20, 1000, Duration.ofSeconds(20)))
                        .read(repo.address(), "main"))
                .hasMessage("The files have more than 10 MiB together");
        assertThat(temp.resolve("blobs")).doesNotExist();
        try (var cache = Files.walk(temp.resolve("git"))) {
            assertThat(cache.mapToLong(file -> file.toFile().length()).sum()).isLessThan(1 << 20);
        }
    }

    @Test
    void foldersThatHoldEachOtherManyTimesAreRefused() throws IOException {
        repo.foldersWithinFolders(12, 10, "main");

        assertRefused("main", ErrorCode.GIT_TOO_LARGE).hasMessage("There are more than 400 files, folders and links");
    }

    @Test
    void linksThatLeadToEachOtherManyTimesAreRefused() throws IOException {
        for (int level = 0; level < 12; level++) {
            for (int i = 0; i < 5; i++) {
                repo.link("level%d/%d".formatted(level, i), "../level" + (level + 1));
            }
        }
        repo.commit("main");

        assertRefused("main", ErrorCode.GIT_TOO_LARGE).hasMessage("There are more than 400 files, folders and links");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmp/x",
                "file:///tmp/x",
                "../x",
                "ftp://example.org/x",
                "https://me:secret@example.org/x",
                "ext::sh -c true"
            })
    void addressOfAnotherKindIsNotAllowed(String url) {
        assertThatThrownBy(() -> source(false, LIMITS).read(url, null))
                .isInstanceOf(LoadstarException.class)
                .extracting(e -> ((LoadstarException) e).code())
                .isEqualTo(ErrorCode.GIT_NOT_ALLOWED);
    }

    @Test
    void addressThatNobodyMayContactIsNotAllowed() {
        assertThatThrownBy(() -> source(false, LIMITS).read("http://169.254.169.254/x.git", null))
                .hasMessage("The host 169.254.169.254 may not be contacted");
    }

    @Test
    void missingRepositoryIsUnreachable() {
        assertThatThrownBy(() -> source(true, LIMITS).read(temp.resolve("none").toString(), null))
                .hasMessage("There is no repository at this address");
    }

    @Test
    void hostThatRefusesOrIsUnknownIsUnreachable() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> source(false, LIMITS).read("http://127.0.0.1:" + port + "/x.git", null))
                .hasMessage("The host refuses the connection");
        assertThatThrownBy(() -> source(false, LIMITS).read("https://nowhere.invalid/x.git", null))
                .hasMessage("The host nowhere.invalid is not known");
        assertThatThrownBy(() -> source(false, LIMITS).read("git@nowhere.invalid:x.git", null))
                .hasMessageContaining("no key for ssh");
    }

    @Test
    void hostThatIsSilentIsUnreachableAfterTheLimit() throws IOException {
        try (var silent = new ServerSocket(0)) {
            String url = "git://127.0.0.1:" + silent.getLocalPort() + "/x.git";
            var limits = new SourceLimits(1 << 20, 10, Duration.ofSeconds(1));

            assertThatThrownBy(() -> source(false, limits).read(url, null))
                    .isInstanceOf(LoadstarException.class)
                    .extracting(e -> ((LoadstarException) e).code())
                    .isEqualTo(ErrorCode.GIT_UNREACHABLE);
        }
    }

    @Test
    void repositoryBehindTheGitProtocolIsReadLikeALocalOne() throws IOException {
        String first = repo.file("a.txt", "first").commit("main");
        repo.file("a.txt", "second").commit("main");
        var daemon = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        daemon.getService("git-upload-pack").setEnabled(true);
        daemon.setRepositoryResolver((client, name) -> {
            repo.repository().incrementOpen();
            return repo.repository();
        });
        daemon.start();
        try {
            String url = "git://127.0.0.1:" + daemon.getAddress().getPort() + "/repo.git";

            assertThat(text(source(false, LIMITS).read(url, "main"), "a.txt")).isEqualTo("second");
            assertThat(source(false, LIMITS).read(url, first).commit()).isEqualTo(first);
        } finally {
            daemon.stop();
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(@Nullable String ref, ErrorCode code) {
        return assertThatThrownBy(() -> read(ref))
                .satisfies(e -> assertThat(((LoadstarException) e).code()).isEqualTo(code));
    }

    private Bundle read(@Nullable String ref) throws IOException {
        return source(true, LIMITS).read(repo.address(), ref);
    }

    private GitSource source(boolean allowLocal, SourceLimits limits) {
        return new GitSource(temp.resolve("git"), blobs(), limits, allowLocal, host -> host.startsWith("169.254."));
    }

    private BlobStore blobs() {
        return new BlobStore(temp.resolve("blobs"));
    }

    private String text(Bundle bundle, String path) {
        try {
            return Files.readString(blobs().path(bundle.file(path).orElseThrow().digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
