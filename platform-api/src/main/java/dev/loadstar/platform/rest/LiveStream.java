package dev.loadstar.platform.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.platform.live.Watchers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One browser that watches one run. It has a thread of its own and keeps only the newest news, so that a slow one misses
 * ticks and holds up nobody.
 */
final class LiveStream implements Watchers.Watcher, Runnable {

    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final SseEmitter emitter;
    private final Supplier<RunDocument> document;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    // Guarded by the lock. A new stream begins with the status.
    private boolean changed = true;
    private @Nullable String tick;
    private boolean closed;

    LiveStream(SseEmitter emitter, Supplier<RunDocument> document) {
        this.emitter = emitter;
        this.document = document;
    }

    /** What there is to tell; nothing at all means that it is time for a heartbeat. */
    private record News(boolean changed, @Nullable String tick, boolean closed) {}

    @Override
    public void changed() {
        signal(() -> changed = true);
    }

    @Override
    public void ticked(String liveView) {
        signal(() -> tick = liveView);
    }

    void close() {
        signal(() -> closed = true);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            boolean open = true;
            while (open) {
                open = tell(next());
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("A browser is gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("A live stream ends: {}", e.toString());
            emitter.completeWithError(e);
        }
    }

    private News next() throws InterruptedException {
        lock.lock();
        try {
            long left = HEARTBEAT.toNanos();
            while (!changed && tick == null && !closed && left > 0) {
                left = news.awaitNanos(left);
            }
            var next = new News(changed, tick, closed);
            changed = false;
            tick = null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Answers whether there will be more to tell. */
    private boolean tell(News next) throws IOException {
        if (next.tick != null) {
            emitter.send(SseEmitter.event().name("tick").data(next.tick, TEXT));
        }
        if (next.changed) {
            RunDocument run = document.get();
            emitter.send(SseEmitter.event().name("status").data(Json.write(run), TEXT));
            return run.status() != RunStatus.FINISHED && !next.closed;
        }
        if (next.tick == null && !next.closed) {
            emitter.send(SseEmitter.event().comment("still here"));
        }
        return !next.closed;
    }
}
