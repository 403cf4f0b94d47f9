import java.io.IOException;

/** A tool by itself, as its users start it. */
interface Bare {

    Process process();

    /** Waits for its end. */
    void await() throws IOException, InterruptedException;

    default long pid() {
        return process().pid();
    }
}
