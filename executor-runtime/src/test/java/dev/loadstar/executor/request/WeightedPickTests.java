package dev.loadstar.executor.request;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WeightedPickTests {

    @Test
    void weightsAreKeptCloserThanChanceWould() {
        double[] weights = {5, 3, 1.5, 0.5};
        int picks = 1_000;
        long[] counts = new long[weights.length];
        var pick = WeightedPick.of(List.of(), Arrays.stream(weights).boxed().toList());
        for (int n = 0; n < picks; n++) {
            counts[pick.index(n)]++;
        }

        for (int i = 0; i < weights.length; i++) {
            assertThat((double) counts[i]).isBetween(weights[i] * picks / 10 - 5, weights[i] * picks / 10 + 5);
        }
    }
}
