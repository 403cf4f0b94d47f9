package dev.loadstar.executor.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.executor.tool.LoadTool;

/** Executors of one tool, each a process of its own, that do run after run for a test. */
final class KitFleet implements AutoCloseable {

    /** From the order to start to the start itself. */
    private static final Duration AHEAD = Duration.ofMillis(700);

    private final Class<? extends LoadTool> tool;
    private final Path folder;
    private final List<Member> members = new ArrayList<>();

    /** @param folder that processes work in */
    KitFleet(Class<? extends LoadTool> tool, Path folder) {
        this.tool = tool;
        this.folder = folder;
    }

    /** One run on so many executors, from its preparation to its end. */
    Run run(Work work, Load load, TargetProcess target, int executors) throws IOException, InterruptedException {
        while (members.size() < executors) {
            members.add(Member.launch(tool, folder));
        }
        var fleet = members.subList(0, executors);
        for (int index = 0; index < executors; index++) {
            fleet.get(index).say(Json.write(shard(work, load, target, index, executors)));
        }
        for (Member member : fleet) {
            member.await(KitExecutor.READY);
        }
        if (!target.log().hits().isEmpty()) {
            throw new AssertionError("requests of a preparation reached the target");
        }
        long startMicros =
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(AHEAD));
        for (Member member : fleet) {
            member.say(Long.toString(startMicros));
        }
        var recorded = new ArrayList<KitExecutor.Recorded>();
        for (Member member : fleet) {
            recorded.add(Json.read(member.await(KitExecutor.DONE), KitExecutor.Recorded.class));
        }
        return new Run(startMicros, target.log(), recorded);
    }

    private Shard shard(Work work, Load load, TargetProcess target, int index, int of) {
        var scenario = new ScenarioPlan("kit", "kit", Duration.ZERO, work, load, List.of());
        var at =
                new RunPlan.Target(target.url().toString(), List.of(target.url().getHost()));
        return new Shard(index + 1, index, of, scenario, at, List.of(), Inputs.NONE);
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }

    /**
     * What came of a run.
     *
     * @param executors what each recorded
     */
    record Run(long startMicros, TargetLog target, List<KitExecutor.Recorded> executors) {

        /** When the schedule wanted the iterations of all executors, microseconds since the start, in order. */
        List<Long> intended() {
            return executors.stream()
                    .flatMap(one -> one.intendedMicros().stream())
                    .map(micros -> micros - startMicros)
                    .sorted()
                    .toList();
        }

        long begun() {
            return executors.stream().mapToLong(KitExecutor.Recorded::begun).sum();
        }

        long dropped() {
            return executors.stream().mapToLong(KitExecutor.Recorded::dropped).sum();
        }

        long late() {
            return executors.stream().mapToLong(KitExecutor.Recorded::late).sum();
        }

        long requests() {
            return executors.stream().mapToLong(KitExecutor.Recorded::requests).sum();
        }

        /** The start on the target's clock, which is the same machine's. */
        long startNanos() {
            return startMicros * 1_000;
        }
    }

    private record Member(Process process, BufferedReader said, Writer orders) {

        static Member launch(Class<? extends LoadTool> tool, Path folder) throws IOException {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // As this process was started, which knows what the tool needs.
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("-")
                            && !argument.startsWith("-D")
                            && !argument.startsWith("-javaagent"))
                    .toList());
            command.addAll(
                    List.of("-Xmx384m", "-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(KitExecutor.class.getName(), tool.getName()));
            Path home = Files.createTempDirectory(folder, "executor-");
            var process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectError(home.resolve("stderr.log").toFile())
                    .start();
            return new Member(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                    process.outputWriter(StandardCharsets.UTF_8));
        }

        void say(String line) throws IOException {
            orders.write(line + "\n");
            orders.flush();
        }

        /** What follows the mark in the line that begins with it. */
        String await(String mark) throws IOException {
            var other = new StringBuilder();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(mark)) {
                    return line.substring(mark.length());
                }
                other.append(line).append('\n');
            }
            throw new IOException("an executor ended before it said %s: %s".formatted(mark, other));
        }

        void close() {
            try {
                orders.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                process.destroy();
                process.onExit().join();
            }
        }
    }
}
