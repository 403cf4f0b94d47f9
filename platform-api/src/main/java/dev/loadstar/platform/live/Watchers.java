package dev.loadstar.platform.live;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** Everyone on this server who watches a run. Safe for many threads. */
public final class Watchers {

    private final Map<String, Set<Watcher>> byRun = new ConcurrentHashMap<>();

    /** Called on the thread of whoever brings the news, so it must return at once. */
    public interface Watcher {

        /** The run's status, times or executors changed. */
        void changed();

        /** @param liveView JSON of a {@link dev.loadstar.contract.run.LiveView} */
        void ticked(String liveView);
    }

    /** Ends the watching when closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    public Watch watch(String runId, Watcher watcher) {
        byRun.compute(runId, (id, watchers) -> {
            Set<Watcher> all = watchers == null ? new CopyOnWriteArraySet<>() : watchers;
            all.add(watcher);
            return all;
        });
        return () -> byRun.computeIfPresent(runId, (id, watchers) -> {
            watchers.remove(watcher);
            return watchers.isEmpty() ? null : watchers;
        });
    }

    /** How many watch that run now. */
    public int watching(String runId) {
        return byRun.getOrDefault(runId, Set.of()).size();
    }

    public void changed(String runId) {
        byRun.getOrDefault(runId, Set.of()).forEach(Watcher::changed);
    }

    public void ticked(String runId, String liveView) {
        byRun.getOrDefault(runId, Set.of()).forEach(watcher -> watcher.ticked(liveView));
    }
}
