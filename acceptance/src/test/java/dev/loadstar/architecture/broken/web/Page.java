package dev.loadstar.architecture.broken.web;

/** Breaks the arrow of its module: it uses reporting. */
public record Page(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.reporting.Merge> second) {}
