package dev.loadstar.architecture.broken.platform;

/** Breaks the arrow of its module: it uses reporting. */
public record Run(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.reporting.Merge> second) {}
