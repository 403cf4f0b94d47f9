package dev.loadstar.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run until it is finished and keeps the live line up to date. Events come over a stream that is opened again
 * whenever it breaks; where none come for a while the run itself is asked, so that nothing is missed for good.
 */
final class RunFollower {

    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    /** A server that was killed has so long to come back; after that it ends its runs anyway. */
    private static final Duration AWAY = Duration.ofMinutes(6);

    private final Api api;
    private final Screen screen;
    private final RunRef ref;
    private final Stopwatch total = new Stopwatch();
    private final Stopwatch quiet = new Stopwatch();
    private final Stopwatch away = new Stopwatch();
    private final Stopwatch ticked = new Stopwatch();
    private final LinkedBlockingQueue<EventStream.Event> events = new LinkedBlockingQueue<>();
    private volatile RunDocument run;
    private @Nullable LiveView view;

    RunFollower(Api api, Screen screen, RunDocument run) {
        this.api = api;
        this.screen = screen;
        this.run = run;
        this.ref = new RunRef(run.project(), run.number());
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
                draw();
            }
            return Optional.of(finished());
        } finally {
            reader.interrupt();
            screen.clear();
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
        away.restart();
        switch (event.name()) {
            case "tick" -> {
                view = Json.read(event.data(), LiveView.class);
                ticked.restart();
            }
            case "status" -> now(Json.read(event.data(), RunDocument.class));
            default -> {} // a newer server may tell more
        }
    }

    private void now(RunDocument newer) {
        boolean wasUnknown = run.status() == RunStatus.VALIDATING;
        run = newer;
        if (wasUnknown && run.status() != RunStatus.VALIDATING && run.endReason() != EndReason.REFUSED) {
            screen.fact(RunText.validated(run));
        }
    }

    private void ask() throws IOException {
        try {
            now(api.show(ref).run());
            away.restart();
        } catch (IOException e) {
            if (away.elapsed().compareTo(AWAY) > 0) {
                throw e;
            }
        }
    }

    private Api.Answer finished() throws IOException, InterruptedException {
        while (true) {
            try {
                return api.show(ref);
            } catch (IOException e) {
                if (away.elapsed().compareTo(AWAY) > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(RECONNECT.toMillis());
            }
        }
    }

    private void draw() {
        LiveView now = view;
        boolean silent = away.elapsed().compareTo(QUIET.multipliedBy(2)) > 0;
        if (silent) {
            screen.live("the server does not answer, trying again …  " + Figures.clock(away.elapsed()));
        } else if (run.status() == RunStatus.RUNNING && now != null) {
            screen.live(LiveLine.of(now, screen.columns()));
        } else {
            screen.live(waitingFor() + " …  " + Figures.clock(total.elapsed()));
        }
    }

    private String waitingFor() {
        return switch (run.status()) {
            case VALIDATING -> "validating";
            case QUEUED -> "waiting for its turn";
            case PROVISIONING -> "starting executors";
            case RUNNING -> "starting the load";
            case REPORTING, FINISHED -> "making the report";
        };
    }

    private void readEvents() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var stream = new EventStream(api.live(ref))) {
                for (var event = stream.next(); event.isPresent(); event = stream.next()) {
                    events.add(event.get());
                }
                TimeUnit.MILLISECONDS.sleep(RECONNECT.toMillis());
            } catch (IOException | CliError e) {
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RECONNECT.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
