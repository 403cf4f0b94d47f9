package dev.loadstar.architecture.broken.worker;

/** Breaks the arrow of its module: it uses validator. */
public record Loop(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.validator.Check> second) {}
