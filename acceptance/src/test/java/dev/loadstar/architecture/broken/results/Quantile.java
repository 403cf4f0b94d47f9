package dev.loadstar.architecture.broken.results;

/** Breaks the arrow of its module: it uses launcher. */
public record Quantile(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.launcher.Job> second) {}
