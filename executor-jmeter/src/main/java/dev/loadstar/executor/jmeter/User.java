package dev.loadstar.executor.jmeter;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.loadstar.executor.load.PacingGrid;
import org.apache.jmeter.threads.JMeterThread;

/** One virtual user of the platform's schedule, on a thread of its own. */
sealed class User extends Thread permits Visitor {

    private static final long NOT_INTENDED = -1;

    /** Global number over the whole test. */
    final long number;

    private final JMeterThread script;
    private final AtomicInteger inside;
    private final Consumer<? super User> atEnd;
    private final PacingGrid pacing = new PacingGrid();
    private boolean entered;
    private long intendedMicros = NOT_INTENDED;

    /** @param inside counts the users that are inside an iteration */
    User(long number, JMeterThread script, AtomicInteger inside, Consumer<? super User> atEnd) {
        super(script.getThreadName());
        this.number = number;
        this.script = script;
        this.inside = inside;
        this.atEnd = atEnd;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            script.run();
        } finally {
            exit();
            atEnd.accept(this);
        }
    }

    /** Only called by this thread, as all about its iterations are. */
    PacingGrid pacing() {
        return pacing;
    }

    /** An iteration begins. */
    void enter() {
        enter(Integer.MAX_VALUE);
    }

    /**
     * An iteration begins, unless there are so many users inside of one already.
     *
     * @return whether this one is inside now
     */
    boolean enter(long most) {
        if (!entered) {
            entered = inside.getAndUpdate(count -> count < most ? count + 1 : count) < most;
        }
        return entered;
    }

    void exit() {
        if (entered) {
            entered = false;
            inside.decrementAndGet();
        }
    }

    /** When the schedule wanted the iteration that begins now, epoch µs. */
    void intend(long micros) {
        intendedMicros = micros;
    }

    /** When the schedule wanted the request that the calling thread has made: -1 but for the first one of an iteration. */
    static long takeIntendedMicros() {
        if (Thread.currentThread() instanceof User user) {
            long intended = user.intendedMicros;
            user.intendedMicros = NOT_INTENDED;
            return intended;
        }
        return NOT_INTENDED;
    }

    boolean hasName(String name) {
        return script.getThreadName().equals(name);
    }

    /** Ends after the running sample. */
    void leave() {
        script.stop();
    }

    /** Ends in the middle of a sample. */
    void cut() {
        script.stop();
        script.interrupt();
        interrupt();
    }
}
