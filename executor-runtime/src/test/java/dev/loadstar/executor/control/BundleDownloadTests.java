package dev.loadstar.executor.control;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.wire.FetchChunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BundleDownloadTests {

    @TempDir
    private Path folder;

    @Test
    void filesLieAsInTheRepository() throws Exception {
        var files = IntStream.range(0, 20)
                .mapToObj(i -> file("deep/%d/data.csv".formatted(i), "row"))
                .toList();
        download("row").fetch(files);

        assertThat(files)
                .allSatisfy(file -> assertThat(folder.resolve("bundle").resolve(file.path()))
                        .hasContent("row"));
    }

    @Test
    void executableFileIsExecutable() throws Exception {
        var file = file("run.sh", "row");
        download("row").fetch(List.of(new BundleFile(file.path(), file.digest(), file.size(), true)));

        assertThat(folder.resolve("bundle/run.sh")).isExecutable();
    }

    @Test
    void otherBytesThanValidatedAreRefused() {
        assertThatThrownBy(() -> download("evil").fetch(List.of(file("data.csv", "row"))))
                .isInstanceOf(LoadstarException.class)
                .hasMessageContaining("data.csv");
        assertThat(folder.resolve("bundle/data.csv")).doesNotExist();
    }

    @Test
    void nothingIsWrittenOutsideTheFolder() {
        for (String path :
                List.of("../evil", "a/../../evil", folder.resolve("evil").toString(), "")) {
            assertThatThrownBy(() -> download("row").fetch(List.of(file(path, "row"))))
                    .isInstanceOfSatisfying(
                            LoadstarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_OUTSIDE));
        }
        assertThat(Files.exists(folder.resolve("evil"))).isFalse();
    }

    private BundleDownload download(String content) {
        return new BundleDownload(digest -> chunks(content), folder.resolve("bundle"));
    }

    private static Iterator<FetchChunk> chunks(String content) {
        return content.chars()
                .mapToObj(c -> FetchChunk.newBuilder()
                        .setData(ByteString.copyFromUtf8(Character.toString(c)))
                        .build())
                .iterator();
    }

    private static BundleFile file(String path, String content) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            var sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new BundleFile(path, "sha256:" + HexFormat.of().formatHex(sha256), bytes.length, false);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
