package dev.loadstar.executor.jmeter;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.loadstar.contract.schedule.Arrival;
import org.apache.jmeter.threads.JMeterThread;

/** A user who comes for one iteration, at the instant of its arrival. */
final class Visitor extends User {

    final Arrival arrival;

    private boolean decided;

    Visitor(Arrival arrival, JMeterThread script, AtomicInteger inside, Consumer<? super Visitor> atEnd) {
        super(arrival.index(), script, inside, user -> atEnd.accept((Visitor) user));
        this.arrival = arrival;
    }

    /**
     * What becomes of its arrival is known now. Only called by its thread.
     *
     * @return false if it was known before
     */
    boolean decide() {
        boolean first = !decided;
        decided = true;
        return first;
    }
}
