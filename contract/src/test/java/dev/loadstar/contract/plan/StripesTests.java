package dev.loadstar.contract.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StripesTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 20, 99, 500})
    void sharesAddUpForEveryTotalAndNumberOfExecutors(int executors) {
        var all = fleet(executors);
        var random = new Random(executors);

        for (long total : LongStream.concat(LongStream.of(0, 1, executors), random.longs(20, 0, 10_000_000))
                .toArray()) {
            assertThat(all.stream().mapToLong(one -> one.share(total)).sum()).isEqualTo(total);
        }
        for (int users :
                IntStream.concat(IntStream.of(0, 1), random.ints(20, 1, 5_000)).toArray()) {
            long iterations = random.nextLong(1_000_000);
            assertThat(all.stream()
                            .mapToLong(one -> one.shareOfUsers(iterations, users))
                            .sum())
                    .isEqualTo(users == 0 ? 0 : iterations);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterAnyLossesEachIndexHasExactlyOneOwner(long seed) {
        var random = new Random(seed);
        var all = new ArrayList<>(fleet(2 + random.nextInt(12)));
        while (all.size() > 1 && random.nextInt(4) > 0) {
            Stripes lost = all.remove(random.nextInt(all.size()));
            int heirs = all.size();
            all.replaceAll(one -> one.inheriting(lost, all.indexOf(one), heirs));
        }

        assertThat(all.stream().mapToDouble(Stripes::fraction).sum()).isCloseTo(1, within(1e-12));
        for (long k = 0; k < 5_000; k++) {
            long index = k;
            assertThat(all).filteredOn(one -> one.owns(index)).hasSize(1);
        }
        long total = random.nextLong(1_000, 10_000);
        assertThat(all.stream()
                        .flatMapToLong(one -> LongStream.of(one.first(total)))
                        .sorted()
                        .toArray())
                .isEqualTo(LongStream.range(0, total).toArray());
        assertThat(all).allSatisfy(one -> assertThat(one.first(total)).hasSize((int) one.share(total)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void nextIsTheLowestOwnedIndexFromThereOn(int executors) {
        for (Stripes one : fleet(executors)) {
            for (long from = 0; from < 50; from++) {
                long next = one.next(from);
                assertThat(next).isGreaterThanOrEqualTo(from);
                assertThat(one.owns(next)).isTrue();
                assertThat(LongStream.range(from, next)).noneMatch(one::owns);
            }
        }
    }

    private static List<Stripes> fleet(int executors) {
        return IntStream.range(0, executors)
                .mapToObj(index -> Stripes.of(index, executors))
                .toList();
    }
}
