package dev.loadstar.executor.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.loadstar.contract.data.CsvReader;
import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Stripes;

/**
 * The rows of one executor, in files that the operating system keeps in memory as far as it has room: the heap holds none of
 * them. Safe for many threads.
 */
final class DataRows {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final int columns;
    private final MemorySegment values;
    private final MemorySegment places;

    private DataRows(int columns, MemorySegment values, MemorySegment places) {
        this.columns = columns;
        this.values = values;
        this.places = places;
    }

    /**
     * Reads the executor's part of the file.
     *
     * @param folder for files of its own
     */
    static DataRows read(DataPlan plan, Path file, Stripes executors, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path values = folder.resolve(plan.name() + ".values");
        Path places = folder.resolve(plan.name() + ".places");
        try (var part = DataPart.open(plan, file, executors);
                var valuesOut = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(values)));
                var placesOut = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(places)))) {
            part.header();
            long place = 0;
            for (CsvReader.Row row = part.next(); row != null; row = part.next()) {
                placesOut.writeLong(place);
                for (String value : row.values()) {
                    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                    valuesOut.writeInt(bytes.length);
                    valuesOut.write(bytes);
                    place += Integer.BYTES + bytes.length;
                }
            }
        }
        var rows = new DataRows(plan.columns().size(), map(values), map(places));
        if (plan.order() == DataPlan.Order.RANDOM) {
            rows.shuffle(new Random(
                    31L * plan.name().hashCode() + executors.all().getFirst().index()));
        }
        return rows;
    }

    /** Private: what is changed in memory stays there. Never unmapped, because rows are read until the process ends. */
    private static MemorySegment map(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.PRIVATE, 0, channel.size(), Arena.global());
        }
    }

    long size() {
        return places.byteSize() / Long.BYTES;
    }

    List<String> row(long number) {
        long at = places.get(LONG, number * Long.BYTES);
        var row = new ArrayList<String>(columns);
        for (int column = 0; column < columns; column++) {
            int length = values.get(INT, at);
            at += Integer.BYTES;
            byte[] bytes = values.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
            row.add(new String(bytes, StandardCharsets.UTF_8));
            at += length;
        }
        return row;
    }

    private void shuffle(Random random) {
        for (long last = size() - 1; last > 0; last--) {
            long other = random.nextLong(last + 1);
            long place = places.get(LONG, last * Long.BYTES);
            places.set(LONG, last * Long.BYTES, places.get(LONG, other * Long.BYTES));
            places.set(LONG, other * Long.BYTES, place);
        }
    }
}
