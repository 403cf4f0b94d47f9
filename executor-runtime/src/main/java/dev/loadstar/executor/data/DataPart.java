package dev.loadstar.executor.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.loadstar.contract.data.CsvReader;
import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Stripes;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a data file that belong to one executor. */
final class DataPart implements AutoCloseable {

    private final CsvReader reader;
    private final DataPlan plan;
    private final Stripes stripe;
    private long row;

    private DataPart(CsvReader reader, DataPlan plan, Stripes stripe) {
        this.reader = reader;
        this.plan = plan;
        this.stripe = stripe;
    }

    /** @param executors of the scenario, this one's place among them */
    static DataPart open(DataPlan plan, Path file, Stripes executors) throws IOException {
        var reader = new CsvReader(new BufferedInputStream(Files.newInputStream(file)), plan.delimiter());
        return new DataPart(reader, plan, executors);
    }

    /** The line with the names of the columns; null where the file has none. To be called first. */
    CsvReader.@Nullable Row header() throws IOException {
        return plan.header() ? reader.next() : null;
    }

    /** The next one; null after the last. */
    CsvReader.@Nullable Row next() throws IOException {
        for (CsvReader.Row next = reader.next(); next != null; next = reader.next()) {
            boolean mine = plan.share() == DataPlan.Share.ALL || stripe.owns(row);
            row++;
            if (mine) {
                return next;
            }
        }
        return null;
    }

    /** The bytes of what was read last, as they are in the file. */
    byte[] raw() {
        return reader.raw();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
