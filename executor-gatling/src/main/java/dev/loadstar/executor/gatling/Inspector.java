package dev.loadstar.executor.gatling;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.gatling.build.BuildTools;
import dev.loadstar.executor.gatling.build.Built;
import dev.loadstar.executor.gatling.build.CodeBuild;
import dev.loadstar.executor.script.ClassPath;
import dev.loadstar.executor.script.ScriptValues;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.structure.PopulationBuilder;
import io.gatling.http.protocol.HttpProtocol;
import scala.collection.immutable.Map;
import scala.jdk.javaapi.CollectionConverters;

/** Builds a simulation and makes its populations without letting a user begin: what is wrong with it, what it would do. */
final class Inspector {

    private static final String FILE = "/script/file";
    private static final String ENTRY = "/script/entry";

    private final Path root;
    private final ScenarioPlan.Script script;
    private final Load load;
    private final List<String> warnings = new ArrayList<>();
    private final TreeSet<String> hosts = new TreeSet<>();

    Inspector(Path workspace, ScenarioPlan.Script script, Load load) {
        this.root = workspace.toAbsolutePath().normalize();
        this.script = script;
        this.load = load;
    }

    Inspection inspect() {
        try {
            return inspect(new CodeBuild(root, script, GatlingTool.VERSION, BuildTools.of(System.getenv())).run());
        } catch (LoadstarException e) {
            return problems(e.problems());
        }
    }

    private Inspection inspect(Built built) {
        try {
            GatlingTool.set(ScriptValues.BEFORE_A_RUN);
            System.setProperty(ScriptValues.WORKSPACE, root.toString());
            GatlingTool.set(script.properties());
            ClassPath.add(built.paths(root));
            return inspect(EngineSettings.load(), built.simulation());
        } catch (LoadstarException e) {
            return problem(e.detail());
        } catch (RuntimeException | LinkageError e) {
            return problem("The simulation cannot be loaded: " + e);
        }
    }

    private Inspection inspect(GatlingConfiguration configuration, String className) {
        var simulation = Simulation.load(className);
        var labels = new TreeSet<String>();
        var iterations = new Iterations();
        var stats = new SampleStats(iterations, new Nobody(), new SampleErrors(() -> false));
        try (var engine = new Engine(configuration, iterations, stats, command -> {}, Throttles.none())) {
            var watch = new HttpWatch(iterations, _ -> true);
            var populations = new Populations(simulation.params(), engine, watch, Populations.Throttling.NONE);
            populations.all().forEach(population -> {
                var requests = ScenarioRequests.of(population.scenario());
                labels.addAll(requests.names());
                requests.hosts().forEach(this::addHostName);
            });
        }
        addHosts(simulation.params().globalProtocols());
        simulation.populations().forEach(population -> addHosts(population.scenarioProtocols()));
        warn(simulation);
        return new Inspection(
                unknownLoads(simulation),
                warnings,
                List.copyOf(labels),
                List.copyOf(hosts),
                simulation.populations().stream().map(Inspector::group).toList());
    }

    private void addHosts(Map<Class<? extends Protocol>, Protocol> protocols) {
        protocols.get(HttpProtocol.class).foreach(protocol -> {
            var http = (HttpProtocol) protocol;
            CollectionConverters.asJava(http.baseUrls()).forEach(this::addHost);
            CollectionConverters.asJava(http.wsPart().wsBaseUrls()).forEach(this::addHost);
            return true;
        });
    }

    private void addHost(String address) {
        try {
            String host = URI.create(address).getHost();
            if (host != null) {
                addHostName(host);
            }
        } catch (IllegalArgumentException e) {
            warnings.add("The address '%s' is only known in a run".formatted(address));
        }
    }

    private void addHostName(String host) {
        if (!host.equals(ScriptValues.UNKNOWN_HOST)) {
            hosts.add(host);
        }
    }

    private void warn(Simulation simulation) {
        if (simulation.params().assertions().nonEmpty()) {
            warnings.add("The simulation's assertions are not used; the definition's are");
        }
        if (!(load instanceof Load.FromScript)) {
            if (simulation.isThrottled()) {
                warnings.add("The simulation's throttling is not used: `load` decides the load, `rateCap` its limit");
            }
            if (simulation.params().maxDuration().isDefined()) {
                warnings.add("The simulation's maximum duration is not used: `load` decides it");
            }
        }
    }

    private List<Problem> unknownLoads(Simulation simulation) {
        return simulation.populations().stream()
                .filter(one -> load instanceof Load.FromScript
                        && OwnInjection.of(one.injectionProfile()) instanceof OwnInjection.Unknown)
                .map(one -> Problem.at(
                        FILE,
                        ErrorCode.SCRIPT_INVALID,
                        "The load of '%s' is of a kind that Gatling's open source does not have"
                                .formatted(one.scenarioBuilder().name())))
                .toList();
    }

    private static Inspection.Group group(PopulationBuilder population) {
        OwnInjection own = OwnInjection.of(population.injectionProfile());
        String type = switch (own) {
            case OwnInjection.Open _ -> "open";
            case OwnInjection.Closed _ -> "closed";
            case OwnInjection.Unknown _ -> "unknown";
        };
        return new Inspection.Group(
                population.scenarioBuilder().name(), type, (int) Math.min(Integer.MAX_VALUE, own.size()), null);
    }

    private Inspection problem(String message) {
        String pointer = script.entry() == null ? FILE : ENTRY;
        return problems(List.of(Problem.at(pointer, ErrorCode.SCRIPT_INVALID, message)));
    }

    private static Inspection problems(List<Problem> problems) {
        return new Inspection(problems, List.of(), List.of(), List.of(), List.of());
    }

    /** Whom the engine tells, in which nothing begins. */
    private record Nobody() implements Recorder {
        @Override
        public void record(Sample sample) {
            throw new IllegalStateException("a request in an inspection: " + sample.label());
        }

        @Override
        public void arrival(long dueMicros, ArrivalFate fate) {
            throw new IllegalStateException("an arrival in an inspection");
        }
    }
}
