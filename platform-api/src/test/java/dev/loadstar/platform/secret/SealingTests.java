package dev.loadstar.platform.secret;

import java.nio.charset.StandardCharsets;

import dev.loadstar.contract.problem.LoadstarException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SealingTests {

    private final Sealing sealing = new Sealing(new byte[32]);

    @Test
    void whatWasSealedOpensAtItsOwnPlaceOnly() {
        byte[] sealed = sealing.seal("geheim ✓", "default/token");

        assertThat(sealing.open(sealed, "default/token")).isEqualTo("geheim ✓");
        assertThatThrownBy(() -> sealing.open(sealed, "other/token"))
                .isInstanceOf(LoadstarException.class)
                .hasMessageContaining("other/token")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void anotherMasterKeyOpensNothing() {
        byte[] sealed = sealing.seal("geheim", "default/token");
        byte[] key = new byte[32];
        key[31] = 1;

        assertThatThrownBy(() -> new Sealing(key).open(sealed, "default/token"))
                .isInstanceOf(LoadstarException.class)
                .hasMessageContaining("master key");
    }

    @Test
    void aChangedByteIsNoticedAndTheSameTextLooksDifferentEachTime() {
        byte[] sealed = sealing.seal("geheim", "default/token");
        assertThat(sealing.seal("geheim", "default/token")).isNotEqualTo(sealed);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("geheim");

        sealed[sealed.length - 1] ^= 1;

        assertThatThrownBy(() -> sealing.open(sealed, "default/token")).isInstanceOf(LoadstarException.class);
    }
}
