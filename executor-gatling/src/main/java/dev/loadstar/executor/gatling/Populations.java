package dev.loadstar.executor.gatling;

import java.util.List;
import java.util.stream.Stream;

import io.gatling.core.action.Action;
import io.gatling.core.controller.inject.PopulationFlows;
import io.gatling.core.pause.Disabled$;
import io.gatling.core.pause.PauseType;
import io.gatling.core.protocol.ProtocolComponentsRegistries;
import io.gatling.core.protocol.ProtocolComponentsRegistry;
import io.gatling.core.scenario.Population;
import io.gatling.core.scenario.Scenario;
import io.gatling.core.scenario.SimulationParams;
import io.gatling.core.structure.PopulationBuilder;
import io.gatling.core.structure.ScenarioContext;
import scala.jdk.javaapi.CollectionConverters;

/** Builds a simulation's populations for an engine, each scenario with the protocols that it uses. */
final class Populations {

    private final SimulationParams params;
    private final Engine engine;
    private final HttpWatch watch;
    private final Throttling throttling;
    private final ProtocolComponentsRegistries registries;

    Populations(SimulationParams params, Engine engine, HttpWatch watch, Throttling throttling) {
        this.params = params;
        this.engine = engine;
        this.watch = watch;
        this.throttling = throttling;
        this.registries = new ProtocolComponentsRegistries(
                engine.core(),
                watch.ofSimulation(params.globalProtocols(), engine.core().configuration()));
    }

    /** Who holds requests back. */
    enum Throttling {
        NONE,

        /** The simulation, as far as it says so; its pauses are off then, as in Gatling. */
        OF_SIMULATION,

        /** The platform; pauses are as the simulation has them. */
        OF_PLATFORM
    }

    /** All of them beside each other, those that follow others too. */
    List<Population> all() {
        return CollectionConverters.asJava(PopulationBuilder.flatten(params.rootPopulationBuilders())).stream()
                .map(this::build)
                .toList();
    }

    /** Those that the simulation starts with, and what follows on them. */
    PopulationFlows<String, Population> flows() {
        return PopulationFlows.fromNodes(scalaList(CollectionConverters.asJava(params.rootPopulationBuilders()).stream()
                .map(this::node)));
    }

    private PopulationFlows.Node<String, Population> node(PopulationBuilder builder) {
        var sequences = CollectionConverters.asJava(builder.children()).stream()
                .map(children ->
                        scalaList(CollectionConverters.asJava(children).stream().map(this::node)));
        return new PopulationFlows.Node<>(builder.scenarioBuilder().name(), build(builder), scalaList(sequences));
    }

    private Population build(PopulationBuilder builder) {
        ProtocolComponentsRegistry registry =
                registries.scenarioRegistry(watch.ofScenario(builder.scenarioProtocols()));
        boolean throttled = isThrottled(builder);
        var context = new ScenarioContext(engine.core(), registry, pauses(builder, throttled), throttled);
        Action entry = builder.scenarioBuilder().build(context, engine.core().exit());
        var scenario = new Scenario(
                builder.scenarioBuilder().name(), entry, watch.onStart(registry.onStart()), registry.onExit(), context);
        return new Population(scenario, builder.injectionProfile(), builder.shard());
    }

    private boolean isThrottled(PopulationBuilder builder) {
        return switch (throttling) {
            case NONE -> false;
            case OF_SIMULATION ->
                !params.globalThrottleSteps().isEmpty()
                        || !builder.scenarioThrottleSteps().isEmpty();
            case OF_PLATFORM -> true;
        };
    }

    private PauseType pauses(PopulationBuilder builder, boolean throttled) {
        if (throttled && throttling == Throttling.OF_SIMULATION) {
            return Disabled$.MODULE$;
        }
        return builder.pauseType().isEmpty()
                ? params.globalPauseType()
                : builder.pauseType().get();
    }

    private static <T> scala.collection.immutable.List<T> scalaList(Stream<T> items) {
        return scala.collection.immutable.List.from(CollectionConverters.asScala(items.toList()));
    }
}
