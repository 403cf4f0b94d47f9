package dev.loadstar.architecture.broken.validator;

/** Breaks the arrow of its module: it uses worker. */
public record Check(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.worker.Loop> second) {}
