package dev.loadstar.architecture.broken.launcher;

/** Breaks the arrow of its module: it uses worker. */
public record Job(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.worker.Loop> second) {}
