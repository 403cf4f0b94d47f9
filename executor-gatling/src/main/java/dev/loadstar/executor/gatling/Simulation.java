package dev.loadstar.executor.gatling;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import io.gatling.app.SimulationClass;
import io.gatling.core.scenario.SimulationParams;
import io.gatling.core.structure.PopulationBuilder;
import scala.Function0;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/** What a simulation's class says, in Gatling's own words. */
record Simulation(SimulationParams params) {

    /**
     * Makes an object of the class, which is on the class path, whatever language it is written in.
     *
     * @throws LoadstarException SCRIPT_INVALID if that is no simulation, or it fails
     */
    static Simulation load(String className) {
        try {
            Class<?> type = Class.forName(className, true, ClassLoader.getSystemClassLoader());
            Option<SimulationClass> simulation = SimulationClass.fromClass(type);
            if (simulation.isEmpty()) {
                throw invalid("%s is not a simulation: it must extend Gatling's Simulation and not be abstract"
                        .formatted(className));
            }
            return new Simulation(simulation.get().params());
        } catch (ClassNotFoundException e) {
            throw new LoadstarException(ErrorCode.SCRIPT_INVALID, "There is no class " + className, e);
        } catch (LoadstarException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw failed(className, e);
        }
    }

    /** All populations, those that follow others too. */
    List<PopulationBuilder> populations() {
        return CollectionConverters.asJava(PopulationBuilder.flatten(params.rootPopulationBuilders()));
    }

    void before() {
        run(params.before());
    }

    void after() {
        run(params.after());
    }

    boolean isThrottled() {
        return !params.globalThrottleSteps().isEmpty()
                || populations().stream()
                        .anyMatch(one -> !one.scenarioThrottleSteps().isEmpty());
    }

    private static void run(Option<Function0<BoxedUnit>> hook) {
        if (hook.isDefined()) {
            hook.get().apply();
        }
    }

    /** By what the simulation itself did wrong: its constructor is called by reflection. */
    private static LoadstarException failed(String className, Throwable thrown) {
        Throwable cause =
                thrown instanceof InvocationTargetException && thrown.getCause() != null ? thrown.getCause() : thrown;
        while (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.toString();
        return new LoadstarException(
                ErrorCode.SCRIPT_INVALID, "%s fails when it is made: %s".formatted(className, message), thrown);
    }

    private static LoadstarException invalid(String message) {
        return new LoadstarException(ErrorCode.SCRIPT_INVALID, message);
    }
}
