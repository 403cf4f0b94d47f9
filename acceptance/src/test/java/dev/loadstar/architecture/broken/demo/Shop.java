package dev.loadstar.architecture.broken.demo;

/** Breaks the arrow of its module: it uses contract. */
public record Shop(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.contract.Plan> second) {}
