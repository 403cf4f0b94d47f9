package dev.loadstar.executor.load;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupSequenceTests {

    @Test
    void anyNumberOfUsersIsSplitInTheGroupsProportions() {
        long[] weights = {1, 3, 6};
        var sequence = new GroupSequence(weights);
        long[] given = new long[3];
        for (int k = 0; k < 1_000; k++) {
            given[sequence.group(k)]++;
            for (int g = 0; g < 3; g++) {
                assertThat((double) given[g])
                        .isBetween((k + 1) * weights[g] / 10.0 - 1, (k + 1) * weights[g] / 10.0 + 1);
            }
        }
        assertThat(given).containsExactly(100, 300, 600);
    }

    @Test
    void unknownSizesCountAsEqual() {
        var sequence = new GroupSequence(new long[] {-1, 50});

        assertThat(IntStream.range(0, 4).map(sequence::group)).containsExactly(0, 1, 0, 1);
    }

    @Test
    void groupWithoutUsersGetsNone() {
        var sequence = new GroupSequence(new long[] {0, 2});

        assertThat(IntStream.range(0, 5).map(sequence::group)).containsOnly(1);
    }

    @Test
    void usersAreNumberedWithinTheirGroup() {
        var sequence = new GroupSequence(new long[] {1, 1});

        assertThat(IntStream.range(0, 6).map(sequence::rank)).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void groupsMayBeOfAnySize() {
        var sequence = new GroupSequence(new long[] {500, 1_500});

        assertThat(IntStream.range(0, 2_000).filter(k -> sequence.group(k) == 0))
                .hasSize(500);
    }

    @Test
    void sequenceGoesOnForAnyNumberOfArrivals() {
        var sequence = new GroupSequence(new long[] {3, 1});

        assertThat(IntStream.range(0, 8)
                        .map(k -> sequence.group(1_000_000_000_000L + k))
                        .toArray())
                .containsExactly(IntStream.range(0, 8).map(sequence::group).toArray());
        assertThat(sequence.rank(4_000)).isEqualTo(sequence.rank(0) + 3_000);
    }
}
