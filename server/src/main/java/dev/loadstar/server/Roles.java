package dev.loadstar.server;

import java.util.Locale;
import java.util.stream.Stream;

import dev.loadstar.platform.PlatformConfiguration;
import dev.loadstar.reporting.ReportingConfiguration;
import dev.loadstar.web.WebUiConfiguration;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Picks modules by the property {@code loadstar.roles}: {@code all}, {@code api} or {@code reporting}. */
final class Roles implements ImportSelector {

    private static final Class<?>[] API = {PlatformConfiguration.class, WebUiConfiguration.class};
    private static final Class<?>[] REPORTING = {ReportingConfiguration.class};

    private final Environment environment;

    Roles(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importer) {
        String roles = environment.getProperty("loadstar.roles", "all");
        return switch (roles.toLowerCase(Locale.ROOT)) {
            case "all" -> names(API, REPORTING);
            case "api" -> names(API);
            case "reporting" -> names(REPORTING);
            default ->
                throw new StartFailure(
                        "%s is not a role of a server.".formatted(roles), "loadstar.roles is all, api or reporting.");
        };
    }

    private static String[] names(Class<?>[]... roles) {
        return Stream.of(roles).flatMap(Stream::of).map(Class::getName).toArray(String[]::new);
    }
}
