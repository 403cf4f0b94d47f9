package dev.loadstar.executor.record;

import dev.loadstar.contract.wire.ErrorPoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorCountsTests {

    private final ErrorCounts errors = new ErrorCounts();

    @Test
    void kindsAndMessagesAreCountedApartWithTheirFirstTime() {
        errors.add("http.500", "Internal Server Error", 7);
        errors.add("http.500", "Internal Server Error", 9);
        errors.add("timeout", "read", 8);

        assertThat(errors.top())
                .extracting(ErrorPoint::getKind, ErrorPoint::getCount, ErrorPoint::getFirstMillis)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("http.500", 2L, 7L),
                        org.assertj.core.groups.Tuple.tuple("timeout", 1L, 8L));
    }

    @Test
    void countsOfAKindStayExactHoweverManyMessagesThereAre() {
        for (int i = 0; i < 10_000; i++) {
            errors.add("assertion", "order " + i + " is missing", i);
        }
        errors.add("timeout", "read", 1);
        errors.add("timeout", "read", 2);

        var top = errors.top();
        assertThat(top).hasSizeLessThanOrEqualTo(ErrorCounts.TOP);
        assertThat(count("assertion")).isEqualTo(10_000);
        assertThat(count("timeout")).isEqualTo(2);
    }

    @Test
    void kindsBeyondTheTopAreFoldedIntoOther() {
        for (int kind = 0; kind < 30; kind++) {
            for (int n = 0; n <= kind; n++) {
                errors.add("kind." + kind, "", n);
            }
        }

        var top = errors.top();
        assertThat(top).hasSize(ErrorCounts.TOP);
        assertThat(count(ErrorCounts.OTHER)).isEqualTo(11 * 12 / 2);
        assertThat(top.stream().mapToLong(ErrorPoint::getCount).sum()).isEqualTo(30 * 31 / 2);
    }

    @Test
    void longMessageIsCut() {
        errors.add("other", "x".repeat(10_000), 0);

        assertThat(errors.top().getFirst().getMessage()).hasSize(ErrorCounts.MAX_MESSAGE);
    }

    private long count(String kind) {
        return errors.top().stream()
                .filter(error -> error.getKind().equals(kind))
                .mapToLong(ErrorPoint::getCount)
                .sum();
    }
}
