package dev.loadstar.architecture.broken.executor;

/** Breaks the arrow of its module: it uses executor.jmeter. */
public record Session(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.executor.jmeter.Engine> second) {}
