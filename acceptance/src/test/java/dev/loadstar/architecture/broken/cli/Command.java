package dev.loadstar.architecture.broken.cli;

/** Breaks the arrow of its module: it uses server. */
public record Command(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.server.Main> second) {}
