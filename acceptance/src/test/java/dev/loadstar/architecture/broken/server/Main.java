package dev.loadstar.architecture.broken.server;

/** Breaks the arrow of its module: it uses worker. */
public record Main(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.worker.Loop> second) {}
