package dev.loadstar.architecture.broken.executor.gatling;

/** Breaks the arrow of its module: it uses executor.jmeter. */
public record Injector(
        @org.jspecify.annotations.Nullable Object first,
        java.util.List<dev.loadstar.architecture.broken.executor.jmeter.Engine> second) {}
