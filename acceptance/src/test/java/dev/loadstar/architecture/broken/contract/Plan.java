package dev.loadstar.architecture.broken.contract;

/** Breaks the arrow of its module: it uses launcher. */
public record Plan(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.launcher.Job> second) {}
