package dev.loadstar.architecture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The arrows and habits of ARCHITECTURE.md as rules over a root package, so that a sample that breaks one has a root of its own. */
final class ArchitectureRules {

    /** Module (its package below the root) → the modules it may use. */
    static final Map<String, List<String>> ARROWS = arrows();

    /** Module of each tool → the packages of the tool itself. */
    private static final Map<String, String> TOOLS =
            Map.of("executor.jmeter", "org.apache.jmeter..", "executor.gatling", "io.gatling..");

    private static final List<String> SPRING_MODULES = List.of("server", "platform", "reporting", "web", "embedded");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    List<ArchRule> all() {
        var rules = new ArrayList<ArchRule>();
        ARROWS.forEach((module, allowed) -> rules.add(arrow(module, allowed)));
        rules.add(springOnlyInItsModules());
        rules.add(kafkaInternalsOnlyInEmbedded());
        rules.add(histogramsOnlyWhereTheyBelong());
        rules.add(persistenceOnlyInPlatform());
        TOOLS.forEach((module, tool) -> rules.add(toolStaysInItsExecutor(module, tool)));
        rules.add(executorsHaveAClockOfTheirOwn());
        rules.add(everyPackageIsNullMarked());
        rules.add(namesSayWhatAClassIs());
        rules.add(noPackageCycles());
        return rules;
    }

    ArchRule arrow(String module, List<String> allowed) {
        var reachable = new ArrayList<>(allowed);
        reachable.add(module);
        DescribedPredicate<JavaClass> forbidden =
                resideInAPackage(root + "..").and(DescribedPredicate.not(resideInAnyPackage(packages(reachable))));
        if (reachable.contains("executor")) {
            for (String tool : TOOLS.keySet()) {
                forbidden =
                        forbidden.or(tool.equals(module) ? alwaysFalse() : resideInAPackage(root + "." + tool + ".."));
            }
        }
        return noClasses()
                .that(inModule(module))
                .should()
                .dependOnClassesThat(forbidden)
                .because("module '%s' may use only %s: arrows point down; move the shared type to contract"
                        .formatted(module, allowed))
                .allowEmptyShould(true);
    }

    ArchRule springOnlyInItsModules() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(SPRING_MODULES))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..", "jakarta.persistence.."))
                .because(
                        "Spring lives in server, platform-api, reporting, web-ui and embedded; pass values in instead");
    }

    ArchRule kafkaInternalsOnlyInEmbedded() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".embedded..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server.."))
                .because("the broker's internals change with every version; ask module embedded for a broker");
    }

    ArchRule histogramsOnlyWhereTheyBelong() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(List.of("results", "reporting", "executor")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.HdrHistogram.."))
                .because("executors record and module results computes; read numbers through results");
    }

    ArchRule persistenceOnlyInPlatform() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".platform..")
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.persistence.."))
                .because("JPA is for metadata in platform-api; the hot path speaks SQL");
    }

    ArchRule toolStaysInItsExecutor(String module, String tool) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + "." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(tool))
                .because("a tool is one module; ask it through LoadTool");
    }

    ArchRule executorsHaveAClockOfTheirOwn() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".executor..")
                .and()
                .doNotHaveSimpleName("JobLog")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("somebody may set the machine's clock during a run; ask OwnClock");
    }

    ArchRule everyPackageIsNullMarked() {
        return classes()
                .that(DescribedPredicate.describe(
                        "are written by hand and not nested",
                        c -> !c.isNestedClass()
                                && !isGenerated(c)
                                && !c.getSimpleName().equals("package-info")))
                .should(new ArchCondition<>("be in a @NullMarked package") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                item, marked, item.getName() + ": add a package-info.java with @NullMarked"));
                    }
                })
                .because("null is said, never guessed");
    }

    ArchRule namesSayWhatAClassIs() {
        return noClasses()
                .that(DescribedPredicate.describe("are written by hand", c -> !isGenerated(c)))
                .should()
                .haveNameMatching(".*\\.\\w*(Utils?|Helper|Manager|Impl)")
                .because("such a name does not say what the class is; name the thing it stands for");
    }

    ArchRule noPackageCycles() {
        return SlicesRuleDefinition.slices()
                .matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("two packages that need each other are one package");
    }

    private DescribedPredicate<JavaClass> inModule(String module) {
        DescribedPredicate<JavaClass> inside = resideInAPackage(root + "." + module + "..");
        return module.equals("executor")
                ? inside.and(DescribedPredicate.not(resideInAnyPackage(packages(List.copyOf(TOOLS.keySet())))))
                : inside;
    }

    private static DescribedPredicate<JavaClass> alwaysFalse() {
        return DescribedPredicate.not(DescribedPredicate.<JavaClass>alwaysTrue());
    }

    private boolean isGenerated(JavaClass type) {
        return type.getPackageName().equals(root + ".contract.wire")
                && !List.of("Topics", "RunKey").contains(type.getSimpleName());
    }

    private String[] packages(List<String> modules) {
        return modules.stream().map(module -> root + "." + module + "..").toArray(String[]::new);
    }

    private static Map<String, List<String>> arrows() {
        var arrows = new LinkedHashMap<String, List<String>>();
        arrows.put("contract", List.of());
        arrows.put("results", List.of("contract"));
        arrows.put("launcher", List.of("contract"));
        arrows.put("validator", List.of("contract", "launcher"));
        arrows.put("worker", List.of("contract", "launcher"));
        arrows.put("executor", List.of("contract"));
        arrows.put("executor.jmeter", List.of("contract", "executor"));
        arrows.put("executor.gatling", List.of("contract", "executor"));
        arrows.put("reporting", List.of("contract", "results"));
        arrows.put("platform", List.of("contract", "results", "validator", "launcher"));
        arrows.put("web", List.of("contract", "results", "validator", "platform"));
        arrows.put("embedded", List.of("contract"));
        arrows.put("server", List.of("contract", "platform", "web", "reporting", "embedded"));
        arrows.put("cli", List.of("contract"));
        arrows.put("demo", List.of());
        return arrows;
    }
}
