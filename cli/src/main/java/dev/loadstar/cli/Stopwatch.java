package dev.loadstar.cli;

import java.time.Duration;

/** Time since it was made or started anew; unmoved by changes of the clock. */
final class Stopwatch {

    private volatile long start = System.nanoTime();

    void restart() {
        start = System.nanoTime();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
