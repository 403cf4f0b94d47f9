package dev.loadstar.architecture.broken.embedded;

/** Breaks the arrow of its module: it uses server. */
public record Broker(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.server.Main> second) {}
