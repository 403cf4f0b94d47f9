package dev.loadstar.worker.run;

import java.time.Duration;

import dev.loadstar.contract.plan.Load;
import org.jspecify.annotations.Nullable;

/** The load of one scenario as it stands after all changes so far. It always covers the whole scenario and keeps its length. */
final class LiveLoad {

    private Load current;

    /** As it would be if it were not paused. */
    private Load wanted;

    private boolean paused;

    LiveLoad(Load planned) {
        current = planned;
        wanted = planned;
    }

    Load current() {
        return current;
    }

    /** Whether there is something that can be changed. */
    boolean isChangeable() {
        return switch (current) {
            case Load.Open _, Load.Closed _ -> true;
            case Load.Iterations _, Load.FromScript _ -> false;
        };
    }

    boolean isOver(Duration at) {
        Duration planned = current.plannedDuration();
        return planned != null && at.compareTo(planned) >= 0;
    }

    /** Of an open or closed load, before its end. */
    String stageAt(Duration at) {
        return line(current).from(at).pieces().getFirst().stage();
    }

    /**
     * Changes it from that time on, which is not after its end.
     *
     * @param value of the running stage up to its end, users or arrivals per second; null: as it is
     * @param pause null: as it is
     */
    void change(Duration at, @Nullable Double value, @Nullable Boolean pause) {
        LoadLine rest = line(wanted).from(at);
        if (value != null) {
            rest = rest.withStageAt(value);
            wanted = with(line(wanted).until(at).then(rest));
        }
        paused = pause == null ? paused : pause;
        current = with(line(current).until(at).then(paused ? rest.silenced() : rest));
    }

    private static LoadLine line(Load load) {
        return switch (load) {
            case Load.Open open -> LoadLine.of(open);
            case Load.Closed closed -> LoadLine.of(closed);
            case Load.Iterations _, Load.FromScript _ -> throw new IllegalArgumentException("no line: " + load);
        };
    }

    private Load with(LoadLine line) {
        return switch (current) {
            case Load.Open open ->
                new Load.Open(
                        open.startRate(),
                        line.rates(),
                        open.arrivals(),
                        open.seed(),
                        open.maxUsers(),
                        open.gracefulStop());
            case Load.Closed closed ->
                new Load.Closed(
                        closed.startUsers(), line.users(), closed.pacing(), closed.rateCap(), closed.gracefulStop());
            case Load.Iterations _, Load.FromScript _ -> throw new IllegalArgumentException("no line: " + current);
        };
    }
}
