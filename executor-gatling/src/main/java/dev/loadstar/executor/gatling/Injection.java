package dev.loadstar.executor.gatling;

import java.util.function.LongSupplier;

import dev.loadstar.contract.plan.Stripes;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.tool.LoadGate;
import io.gatling.core.scenario.Population;

/** What a simulation injects of one population, as far as this executor owns it. Led by one thread. */
sealed interface Injection permits InjectedArrivals, InjectedUsers {

    /**
     * Begins what is due.
     *
     * @param now nanoseconds since the start of the load
     * @return nanoseconds until something more may be due
     */
    long beginDue(long now);

    /** All users have begun, and are through. */
    boolean isThrough();

    static Injection of(Population population, Stripes stripes, long seed, Course course) {
        return switch (OwnInjection.of(population.injectionProfile())) {
            case OwnInjection.Open open -> new InjectedArrivals(population, open.arrivals(seed), stripes, course);
            case OwnInjection.Closed closed -> new InjectedUsers(population, closed.load(), stripes, course);
            case OwnInjection.Unknown unknown ->
                throw new LoadstarException(
                        ErrorCode.SCRIPT_INVALID,
                        "The load of '%s' is of a kind that Gatling's open source does not have: %s"
                                .formatted(population.scenario().name(), unknown.kind()));
        };
    }

    /**
     * What it is led by.
     *
     * @param elapsed nanoseconds since the start of the load
     * @param begin of this population, since that start
     */
    record Course(LongSupplier elapsed, long begin, LoadGate gate, Ending ending, Engine engine) {}
}
