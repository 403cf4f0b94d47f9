package dev.loadstar.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArchitectureTests {

    private static final Path ROOT = Path.of(System.getProperty("loadstar.root"));
    private static final String BROKEN = "dev.loadstar.architecture.broken";

    private static JavaClasses product;

    @BeforeAll
    static void importEveryModule() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> compiled = modules.map(module -> module.resolve("target/classes/dev"))
                    .filter(Files::isDirectory)
                    .toList();
            product = new ClassFileImporter().importPaths(compiled);
        }
    }

    @TestFactory
    Stream<DynamicTest> productKeepsEveryRule() {
        return new ArchitectureRules("dev.loadstar")
                .all().stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(product)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleHasASampleThatBreaksIt() {
        JavaClasses samples = new ClassFileImporter().importPackages(BROKEN);
        return new ArchitectureRules(BROKEN)
                .all().stream()
                        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> assertBreaks(rule, samples)));
    }

    @Test
    void everyModuleWithCodeIsInThePicture() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<String> unknown = modules.filter(module -> Files.isDirectory(module.resolve("src/main/java")))
                    .map(module -> packageOf(module.getFileName().toString()))
                    .filter(name -> !ArchitectureRules.ARROWS.containsKey(name))
                    .toList();
            assertThat(unknown)
                    .as("modules without a row in ArchitectureRules.ARROWS")
                    .isEmpty();
        }
    }

    private static String packageOf(String module) {
        return switch (module) {
            case "platform-api" -> "platform";
            case "web-ui" -> "web";
            case "executor-runtime" -> "executor";
            case "demo-target" -> "demo";
            default -> module.replace('-', '.');
        };
    }

    private static void assertBreaks(ArchRule rule, JavaClasses samples) {
        assertThatThrownBy(() -> rule.check(samples))
                .as("a rule that cannot fail is a defect: " + rule.getDescription())
                .isInstanceOf(AssertionError.class);
    }
}
