package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product on one machine as it is on many: broker, database, reporting and API, each to be killed and started again. */
final class SeparateParts implements AutoCloseable {

    private final Backend broker;
    private final Backend database;
    private final StandaloneServer api;
    private final StandaloneServer reporting;

    enum Part {
        BROKER,
        DATABASE,
        REPORTING,
        API
    }

    private SeparateParts(Backend broker, Backend database, StandaloneServer api, StandaloneServer reporting) {
        this.broker = broker;
        this.database = database;
        this.api = api;
        this.reporting = reporting;
    }

    static SeparateParts start(Path folder) throws IOException {
        Backend broker = Backend.kafka(folder.resolve("kafka"));
        Backend database = Backend.postgres(folder.resolve("postgres"));
        String[] address = database.address().split(" ");
        var shared = List.of(
                "spring.kafka.bootstrap-servers=" + broker.address(),
                "spring.datasource.url=" + address[0],
                "spring.datasource.username=" + address[1],
                "spring.datasource.password=" + address[2]);
        Path data = folder.resolve("data");
        var api = StandaloneServer.start(data, arguments("api", shared));
        var with = new ArrayList<>(shared);
        with.add("loadstar.master-key="
                + Files.readString(data.resolve("master.key")).strip());
        var reporting = StandaloneServer.start(folder.resolve("reporting"), arguments("reporting", with));
        return new SeparateParts(broker, database, api, reporting);
    }

    private static String[] arguments(String role, List<String> properties) {
        var words = new ArrayList<>(List.of("-D", "loadstar.roles=" + role));
        properties.forEach(property -> words.addAll(List.of("-D", property)));
        return words.toArray(String[]::new);
    }

    /** The one that takes runs. */
    StandaloneServer api() {
        return api;
    }

    void kill(Part part) throws InterruptedException {
        switch (part) {
            case BROKER -> broker.kill();
            case DATABASE -> database.kill();
            case REPORTING -> reporting.kill();
            case API -> api.kill();
        }
    }

    /** Comes back at once; what needs others waits for them. */
    void restart(Part part) throws IOException {
        switch (part) {
            case BROKER -> broker.restart();
            case DATABASE -> database.restart();
            case REPORTING -> reporting.restart();
            case API -> api.restart();
        }
    }

    @Override
    public void close() {
        api.close();
        reporting.close();
        broker.close();
        database.close();
    }
}
