package dev.loadstar.executor.gatling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.loadstar.contract.plan.Stripes;
import io.gatling.core.scenario.Population;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;

/** Users that arrive when the simulation says so. Those for which this process is too late are not made up for. */
final class InjectedArrivals implements Injection {

    private static final Logger log = LoggerFactory.getLogger(InjectedArrivals.class);
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Population population;
    private final Iterator<FiniteDuration> arrivals;
    private final Stripes stripes;
    private final Course course;
    private final AtomicLong inside = new AtomicLong();
    private long index;
    private long next;
    private long missed;
    private boolean over;

    /** @param arrivals of the whole test, since the population's begin */
    InjectedArrivals(Population population, Iterator<FiniteDuration> arrivals, Stripes stripes, Course course) {
        this.population = population;
        this.arrivals = arrivals;
        this.stripes = stripes;
        this.course = course;
        this.index = -1;
        advance();
    }

    @Override
    public long beginDue(long now) {
        while (!over && next <= now && !course.ending().isAsked()) {
            begin(now);
            advance();
        }
        return over ? Long.MAX_VALUE : next - now;
    }

    private void begin(long now) {
        if (course.gate().isOpen() && now - next <= LATE_NANOS) {
            inside.incrementAndGet();
            course.engine().begin(population, -1, inside::decrementAndGet);
        } else {
            missed++;
        }
    }

    /** To the next arrival that is owned here. */
    private void advance() {
        while (arrivals.hasNext()) {
            long due = arrivals.next().toNanos();
            index++;
            if (stripes.owns(index)) {
                next = course.begin() + due;
                return;
            }
        }
        over = true;
        if (missed > 0) {
            log.warn(
                    "{} arrivals of '{}' were missed",
                    missed,
                    population.scenario().name());
        }
    }

    @Override
    public boolean isThrough() {
        return over && inside.get() == 0;
    }
}
