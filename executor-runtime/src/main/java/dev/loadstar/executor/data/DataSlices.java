package dev.loadstar.executor.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripes;

/** Leaves of the data files that a script reads itself only this executor's rows in its workspace. */
public final class DataSlices {

    private DataSlices() {}

    /** Cuts every file that the scenario uses and that is not shared whole. Rows keep their bytes; lines end with LF. */
    public static void cut(Shard shard, Path workspace) throws IOException {
        var executors = shard.stripes();
        for (DataPlan plan : shard.inputs().dataOf(shard.scenario())) {
            if (plan.share() != DataPlan.Share.ALL) {
                cut(plan, workspace.resolve(plan.file()), executors);
            }
        }
    }

    private static void cut(DataPlan plan, Path file, Stripes executors) throws IOException {
        Path slice = file.resolveSibling(file.getFileName() + ".slice");
        try (var part = DataPart.open(plan, file, executors);
                var out = new BufferedOutputStream(Files.newOutputStream(slice))) {
            if (part.header() != null) {
                write(part.raw(), out);
            }
            while (part.next() != null) {
                write(part.raw(), out);
            }
        }
        Files.move(slice, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(byte[] row, OutputStream out) throws IOException {
        out.write(row);
        out.write('\n');
    }
}
