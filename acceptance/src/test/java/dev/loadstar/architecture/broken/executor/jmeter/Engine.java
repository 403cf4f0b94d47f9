package dev.loadstar.architecture.broken.executor.jmeter;

/** Breaks the arrow of its module: it uses worker. */
public record Engine(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.worker.Loop> second) {}
