package dev.loadstar.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run until it is finished and keeps its display up to date. Events come over a stream that is opened again
 * whenever it breaks; where none come for a while the run itself is asked, so that nothing is missed for good.
 */
final class RunFollower {

    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    /** Silence that is told: a stream that is opened anew is none. */
    private static final Duration SILENT = QUIET.multipliedBy(2);

    /** A server that was killed has so long to come back; after that it ends its runs anyway. */
    private static final Duration AWAY = Duration.ofMinutes(6);

    /** The stream could not be read: what that means is found out by asking for the run. */
    private static final EventStream.Event BROKEN = new EventStream.Event("broken", "");

    private final Api api;
    private final Display display;
    private final RunRef ref;
    private final Stopwatch total = new Stopwatch();
    private final Stopwatch quiet = new Stopwatch();
    private final Stopwatch away = new Stopwatch();
    private final LinkedBlockingQueue<EventStream.Event> events = new LinkedBlockingQueue<>();
    private volatile RunDocument run;
    private @Nullable LiveView view;
    private boolean broken;

    RunFollower(Api api, Display display, RunDocument run) {
        this.api = api;
        this.display = display;
        this.run = run;
        this.ref = RunRef.of(run);
    }

    /**
     * Blocks until the run is finished.
     *
     * @param atMost time to wait
     * @return the finished run, or empty when the time was over
     */
    Optional<Api.Answer> follow(Duration atMost) throws IOException, InterruptedException {
        var reader = Thread.ofVirtual().start(this::readEvents);
        try {
            while (run.status() != RunStatus.FINISHED) {
                if (total.elapsed().compareTo(atMost) > 0) {
                    return Optional.empty();
                }
                take(events.poll(REDRAW.toMillis(), TimeUnit.MILLISECONDS));
                display.show(moment());
            }
            return Optional.of(finished());
        } finally {
            reader.interrupt();
            display.close();
        }
    }

    /** The document as of now; also for other threads. */
    RunDocument run() {
        return run;
    }

    private void take(EventStream.@Nullable Event event) throws IOException {
        if (event == null) {
            if (quiet.elapsed().compareTo(QUIET) > 0) {
                quiet.restart();
                ask();
            }
            return;
        }
        quiet.restart();
        if (event.equals(BROKEN)) {
            ask();
            return;
        }
        answered();
        switch (event.name()) {
            case "tick" -> {
                var newer = Json.read(event.data(), LiveView.class);
                view = newer;
                display.tick(newer, event.data());
            }
            case "status" -> now(Api.Answer.of(event.data()));
            default -> {} // a newer server may tell more
        }
    }

    private void now(Api.Answer newer) {
        run = newer.run();
        display.document(newer.run(), newer.json());
    }

    private void ask() throws IOException {
        try {
            now(api.show(ref));
            answered();
        } catch (IOException e) {
            broken = true;
            endIfAwayForLong(e);
        }
    }

    private void answered() {
        if (broken) {
            display.back(away.elapsed());
        }
        broken = false;
        away.restart();
    }

    private Api.Answer finished() throws IOException, InterruptedException {
        while (true) {
            try {
                return api.show(ref);
            } catch (IOException e) {
                endIfAwayForLong(e);
                TimeUnit.MILLISECONDS.sleep(RECONNECT.toMillis());
            }
        }
    }

    private void endIfAwayForLong(IOException e) throws IOException {
        if (away.elapsed().compareTo(AWAY) > 0) {
            throw e;
        }
    }

    private Display.Moment moment() {
        var silence = away.elapsed();
        return new Display.Moment(run, view, total.elapsed(), broken || silence.compareTo(SILENT) > 0 ? silence : null);
    }

    private void readEvents() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var stream = new EventStream(api.live(ref))) {
                for (var event = stream.next(); event.isPresent(); event = stream.next()) {
                    events.add(event.get());
                }
            } catch (IOException | CliError e) {
                events.add(BROKEN);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(RECONNECT.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
