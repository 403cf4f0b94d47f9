package dev.loadstar.architecture.broken.embedded;

/** Breaks the arrow of its module: it uses contract. */
public record Broker(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.contract.Plan> second) {}
