package dev.loadstar.executor.record;

import java.nio.charset.StandardCharsets;

import dev.loadstar.contract.wire.FailedSample;
import dev.loadstar.executor.tool.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShownSideTests {

    @Test
    void credentialsAreMaskedWhateverTheirSpellingAndLength() {
        var shown = shown("""
                POST http://joe:hush@shop.example/buy
                authorization: Bearer hush
                Proxy-Authorization:Basic hush
                Cookie: a=hush;
                \t b=hush
                X-Note: Cookie: is no secret here
                Set-Cookie: session=hush; HttpOnly\r
                set-cookie: more=hush
                Accept: */*""", "", "");

        assertThat(shown.getHead())
                .doesNotContain("hush")
                .contains("authorization: ***", "Set-Cookie: ***", "Accept: */*", "X-Note: Cookie: is no secret here")
                .contains("POST http://***@shop.example/buy");
    }

    @Test
    void secretThatStandsWhereTheTextIsCutIsHiddenAsAWhole() {
        var shown = shown("", "x".repeat(ShownSide.MOST_BYTES - 2) + "hush" + "x".repeat(99), "");

        assertThat(shown.getText()).endsWith("xx**");
        assertThat(shown.getText().length()).isEqualTo(ShownSide.MOST_BYTES);
    }

    @Test
    void longTextIsCutAtAWholeCharacter() {
        var shown = shown("", "ü".repeat(5_000), "text/plain; charset=UTF-8");

        assertThat(shown.getText()).isEqualTo("ü".repeat(ShownSide.MOST_BYTES / 2));
        assertThat(shown.getCut()).isTrue();
        assertThat(shown.getBytes()).isEqualTo(10_000);
        assertThat(shown("", "x" + "ü".repeat(5_000), "").getText())
                .isEqualTo("x" + "ü".repeat(ShownSide.MOST_BYTES / 2 - 1));
    }

    @Test
    void bodyIsReadInItsOwnCharset() {
        byte[] latin = "für".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(shown("", latin, "text/html;charset=ISO-8859-1").getText()).isEqualTo("für");
        assertThat(shown("", "für", "text/html; charset=nonsense").getText()).isEqualTo("für");
    }

    @Test
    void binaryBodyIsSizeAndType() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2};

        var shown = shown("", picture, "image/png");

        assertThat(shown.getText()).isEmpty();
        assertThat(shown.getBytes()).isEqualTo(7);
        assertThat(shown.getType()).isEqualTo("image/png");
        assertThat(shown.getCut()).isFalse();
        assertThat(shown("", new byte[] {'a', 0, 'b'}, "text/plain").getText()).isEmpty();
    }

    private static FailedSample.Side shown(String head, String body, String type) {
        return shown(head, body.getBytes(StandardCharsets.UTF_8), type);
    }

    private static FailedSample.Side shown(String head, byte[] body, String type) {
        return new ShownSide(text -> text.replace("hush", "***")).of(new Exchange.Side(head, body, body.length, type));
    }
}
