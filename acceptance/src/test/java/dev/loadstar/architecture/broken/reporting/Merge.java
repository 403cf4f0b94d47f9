package dev.loadstar.architecture.broken.reporting;

/** Breaks the arrow of its module: it uses platform. */
public record Merge(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.platform.Run> second) {}
