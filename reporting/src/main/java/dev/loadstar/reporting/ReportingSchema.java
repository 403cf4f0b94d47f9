package dev.loadstar.reporting;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

/** Schema {@code reporting}, brought up to date when this is made; its history is a table of its own in it. */
final class ReportingSchema {

    static final String NAME = "reporting";

    ReportingSchema(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas(NAME)
                .defaultSchema(NAME)
                .createSchemas(true)
                .locations("classpath:db/reporting")
                // Flyway would work on a schema that a newer version has changed.
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
    }
}
