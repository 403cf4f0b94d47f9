package dev.loadstar.platform.rest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.loadstar.platform.live.Watchers;
import dev.loadstar.platform.run.Runs;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The streams of server-sent events that are open. They end with the server, before its web server waits for them. */
final class LiveStreams implements SmartLifecycle {

    private final Runs runs;
    private final Watchers watchers;
    private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    LiveStreams(Runs runs, Watchers watchers) {
        this.runs = runs;
        this.watchers = watchers;
    }

    SseEmitter open(String project, int number) {
        String id = runs.id(project, number);
        // A browser stays as long as it likes.
        var emitter = new SseEmitter(0L);
        var stream = new LiveStream(emitter, () -> runs.document(project, number));
        open.add(stream);
        Watchers.Watch watch = watchers.watch(id, stream);
        emitter.onCompletion(stream::close);
        emitter.onTimeout(stream::close);
        emitter.onError(failure -> stream.close());
        Thread.ofVirtual().name("live " + id).start(() -> {
            try (watch) {
                stream.run();
            } finally {
                open.remove(stream);
            }
        });
        return emitter;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        open.forEach(LiveStream::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the runs were drained, whose end every stream should still tell. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1;
    }
}
