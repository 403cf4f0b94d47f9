package dev.loadstar.executor.record;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.loadstar.contract.wire.ArrivalPoint;
import dev.loadstar.executor.tool.ArrivalFate;

/** Counts what became of arrivals, by the second in which they were due and its stage. Safe for many threads. */
final class ArrivalCounts {

    private final SortedMap<Key, ArrivalPoint> counts = new TreeMap<>();

    private record Key(long second, String stage) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int bySecond = Long.compare(second, other.second);
            return bySecond != 0 ? bySecond : stage.compareTo(other.stage);
        }
    }

    synchronized void add(long second, String stage, ArrivalFate fate) {
        counts.merge(new Key(second, stage), one(fate), ArrivalCounts::sum);
    }

    /** Everything that was due up to that second, by second, in order of time. */
    synchronized SortedMap<Long, List<ArrivalPoint>> takeUntil(long second, String scenario) {
        var due = counts.headMap(new Key(second + 1, ""));
        var taken = new TreeMap<Long, List<ArrivalPoint>>();
        due.forEach((key, count) -> taken.computeIfAbsent(key.second, _ -> new ArrayList<>())
                .add(count.toBuilder().setScenario(scenario).setStage(key.stage).build()));
        due.clear();
        return taken;
    }

    private static ArrivalPoint one(ArrivalFate fate) {
        var point = ArrivalPoint.newBuilder();
        return switch (fate) {
            case BEGUN -> point.setBegun(1).build();
            case DROPPED -> point.setDropped(1).build();
            case LATE -> point.setLate(1).build();
        };
    }

    private static ArrivalPoint sum(ArrivalPoint some, ArrivalPoint more) {
        return some.toBuilder()
                .setBegun(some.getBegun() + more.getBegun())
                .setDropped(some.getDropped() + more.getDropped())
                .setLate(some.getLate() + more.getLate())
                .build();
    }
}
