import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A git repository on this disk that the product clones its tests from. */
record Repository(Path folder) {

    static Repository make(Path work) throws IOException, InterruptedException {
        var repository = new Repository(Files.createDirectory(work.resolve("repository")));
        repository.git("init", "-q");
        return repository;
    }

    /** A commit that no earlier one equals. */
    void commit(Load load, int port) throws IOException, InterruptedException {
        load.write(folder, port);
        commit();
    }

    /** The same of a simulation. */
    void commit(Simulation simulation, int port) throws IOException, InterruptedException {
        simulation.write(folder, port);
        commit();
    }

    private void commit() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("commit.txt"), Long.toString(System.nanoTime()));
        git("add", "-A");
        git("-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "-q", "-m", "bench");
    }

    private void git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        Collections.addAll(command, words);
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + command);
        }
    }
}
