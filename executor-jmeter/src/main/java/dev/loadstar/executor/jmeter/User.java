package dev.loadstar.executor.jmeter;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.jmeter.threads.JMeterThread;

/** One virtual user of the platform's schedule, on a thread of its own. */
final class User extends Thread {

    /** Global number over the whole test. */
    final long number;

    private final JMeterThread script;
    private final AtomicInteger inside;
    private final Runnable atEnd;
    private boolean entered;

    /** @param inside counts the users that are inside an iteration */
    User(long number, JMeterThread script, AtomicInteger inside, Runnable atEnd) {
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
            atEnd.run();
        }
    }

    /** An iteration begins. Only called by this thread, as {@link #exit} is. */
    void enter() {
        entered = true;
        inside.incrementAndGet();
    }

    void exit() {
        if (entered) {
            entered = false;
            inside.decrementAndGet();
        }
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
