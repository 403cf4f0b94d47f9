package dev.loadstar.server;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.loadstar.embedded.EmbeddedConfiguration;
import dev.loadstar.embedded.EmbeddedServices;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** One start of the server, which can be undone when it fails halfway. */
final class Start {

    private final Arguments arguments;
    private final DataDirectory data;
    private @Nullable EmbeddedServices embedded;

    Start(Arguments arguments, DataDirectory data) {
        this.arguments = arguments;
        this.data = data;
    }

    SpringApplication application() {
        var application = new SpringApplication(ServerConfiguration.class);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.addInitializers(this::prepare);
        return application;
    }

    private void prepare(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("server arguments", properties()));
        embedded = EmbeddedServices.start(
                data.folder(),
                !environment.containsProperty("spring.datasource.url"),
                !environment.containsProperty("spring.kafka.bootstrap-servers"));
        new EmbeddedConfiguration(embedded).initialize((GenericApplicationContext) context);
    }

    private Map<String, Object> properties() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.port", arguments.port());
        properties.put("loadstar.data", data.folder().toString());
        properties.put("loadstar.master-key", data.masterKey());
        if (arguments.allowLocalGit()) {
            properties.put("loadstar.git.allow-local", true);
        }
        properties.putAll(arguments.properties());
        properties.computeIfAbsent("loadstar.home", name -> ProductHome.find().toString());
        return properties;
    }

    void undo() {
        if (embedded != null) {
            embedded.close();
        }
        data.close();
    }
}
