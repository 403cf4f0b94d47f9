package dev.loadstar.executor.control;

/** Where the worker listens for its executors. */
public record WorkerAddress(String host, int port) {

    /** @throws IllegalArgumentException if the text is not {@code host:port} */
    public static WorkerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not host:port: " + text);
        }
        return new WorkerAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
