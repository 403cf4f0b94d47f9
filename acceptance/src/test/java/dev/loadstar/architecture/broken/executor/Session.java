package dev.loadstar.architecture.broken.executor;

/** Breaks the arrow of its module: it uses executor.jmeter. Its time is the machine's, which may be set at any moment. */
public record Session(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.executor.jmeter.Engine> second) {
    static java.time.Instant now() {
        return java.time.Instant.now();
    }
}
