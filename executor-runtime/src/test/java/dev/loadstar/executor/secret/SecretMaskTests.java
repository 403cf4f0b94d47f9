package dev.loadstar.executor.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.loadstar.executor.record.MaskingRecorder;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretMaskTests {

    private static final String SECRET = "s3cr\u00e9t/+ \"tok<en>~*";

    private final SecretMask mask = new Secrets(Map.of("TOKEN", SECRET, "PIN", "4711")).mask();

    @AfterEach
    void hideNothing() {
        MaskedOutput.hide(SecretMask.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "s3cr%C3%A9t%2F%2B+%22tok%3Cen%3E%7E*",
                "s3cr%C3%A9t%2F%2B%20%22tok%3Cen%3E~%2A",
                "s3cr%c3%a9t%2f%2b%20%22tok%3cen%3e~%2a",
                "s3cr\u00e9t/+ \\\"tok<en>~*",
                "s3cr\\u00e9t/+ \\\"tok<en>~*",
                "s3cr\u00e9t\\/+ \\\"tok<en>~*",
                "s3cr\u00e9t/+ &quot;tok&lt;en&gt;~*"
            })
    void valueIsHiddenHoweverItIsWritten(String written) {
        assertThat(mask.mask("before " + written + " after")).isEqualTo("before *** after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u:", "me:", "user:"})
    void valueIsHiddenInsideOfBase64(String before) {
        byte[] credentials = (before + SECRET + ":x").getBytes(StandardCharsets.UTF_8);
        String basic = Base64.getEncoder().encodeToString(credentials);

        String masked = mask.mask("Basic " + basic);

        assertThat(masked).contains(SecretMask.HIDDEN).hasSizeLessThan(20);
    }

    @Test
    void valueInsideOfAnotherLeavesNothingOfTheLongerOne() {
        assertThat(SecretMask.of(List.of("pass", "password1")).mask("password1 and pass"))
                .isEqualTo("*** and ***");
    }

    @Test
    void linesOfAValueAreHiddenOneByOne() {
        assertThat(SecretMask.of(List.of("BEGIN KEY\nAbCdEfGhIj\nEND KEY")).mask("AbCdEfGhIj"))
                .isEqualTo("***");
    }

    @Test
    void outputIsMaskedAlsoWhenAValueComesInTwoPieces() {
        var written = new ByteArrayOutputStream();
        var out = MaskedOutput.masked(written);
        MaskedOutput.hide(mask);

        out.print("pin 47");
        out.flush();
        out.println("11");

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("pin ***" + System.lineSeparator());
    }

    @Test
    void recorderGetsNoSecretInLabelsAndMessages() {
        var recorder = new Kept();

        MaskingRecorder.of(recorder, mask)
                .record(new Sample(
                        "pay 4711", Sample.Kind.REQUEST, 1, -1, 2, -1, -1, 3, 4, "assertion", "no " + SECRET));

        assertThat(recorder.samples).singleElement().satisfies(sample -> {
            assertThat(sample.label()).isEqualTo("pay ***");
            assertThat(sample.errorMessage()).isEqualTo("no ***");
            assertThat(sample.durationMicros()).isEqualTo(2);
        });
    }

    @Test
    void recorderIsToldWhatToHideInWhatAFailedSampleSentAndGot() {
        var recorder = new Kept();

        MaskingRecorder.of(recorder, mask)
                .record(
                        new Sample(
                                "pay 4711", Sample.Kind.REQUEST, 1, -1, 2, -1, -1, 3, 4, "assertion", "no " + SECRET),
                        () -> new Exchange(NOTHING, NOTHING));

        assertThat(recorder.samples).extracting(Sample::label).containsExactly("pay ***");
        assertThat(recorder.exchanges)
                .singleElement()
                .satisfies(exchange ->
                        assertThat(exchange.hide().apply("pin=4711 " + SECRET)).isEqualTo("pin=*** ***"));
    }

    private static final Exchange.Side NOTHING = new Exchange.Side("", new byte[0], 0, "");

    private static final class Kept implements Recorder {

        private final ArrayList<Sample> samples = new ArrayList<>();
        private final ArrayList<Exchange> exchanges = new ArrayList<>();

        @Override
        public void arrival(long dueMicros, ArrivalFate fate) {
            throw new AssertionError("no arrivals here");
        }

        @Override
        public void record(Sample sample) {
            samples.add(sample);
        }

        @Override
        public void record(Sample failed, Supplier<Exchange> exchange) {
            record(failed);
            exchanges.add(exchange.get());
        }
    }

    @Test
    void secretsDoNotPrintTheirValues() {
        assertThat(new Secrets(Map.of("PIN", "4711"))).hasToString("Secrets[PIN]");
    }
}
