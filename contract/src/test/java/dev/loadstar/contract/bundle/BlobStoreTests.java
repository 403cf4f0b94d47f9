package dev.loadstar.contract.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BlobStoreTests {

    @TempDir
    private Path folder;

    @Test
    void sameBytesAreKeptOnceUnderTheirDigest() throws IOException {
        var store = new BlobStore(folder);

        String digest = store.put(new ByteArrayInputStream("abc".getBytes(UTF_8)));
        store.put(new ByteArrayInputStream("abc".getBytes(UTF_8)));

        assertThat(digest).isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(store.path(digest)).hasContent("abc");
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void pathThatIsNoDigestIsRefused() {
        assertThatThrownBy(() -> new BlobStore(folder).path("sha256:../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
