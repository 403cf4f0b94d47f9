package dev.loadstar.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user can set has a line in docs/configuration.md. */
class ConfigurationReferenceTests {

    private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";
    private static final Path ROOT = Path.of(System.getProperty("loadstar.root"));

    @TestFactory
    Stream<DynamicTest> everySettingIsInTheReference() throws IOException {
        String reference = Files.readString(ROOT.resolve("docs/configuration.md"));
        var classes = new ClassFileImporter()
                .importPaths(
                        ROOT.resolve("platform-api/target/classes/dev"), ROOT.resolve("reporting/target/classes/dev"));
        var settings = classes.stream()
                .filter(type -> type.isAnnotatedWith(PROPERTIES))
                .flatMap(ConfigurationReferenceTests::names)
                .toList();
        assertThat(settings).hasSizeGreaterThan(10);
        return settings.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> assertThat(reference).contains("`" + name + "`")));
    }

    private static Stream<String> names(JavaClass settings) {
        JavaAnnotation<?> annotation = settings.getAnnotationOfType(PROPERTIES);
        String prefix = String.valueOf(annotation.get("value").orElseThrow());
        return settings.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .map(JavaField::getName)
                .map(name -> prefix + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }
}
