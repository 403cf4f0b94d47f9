package dev.loadstar.executor;

import java.time.Duration;

/**
 * What an operator can set, each as a system property {@code loadstar.executor.<name>}.
 *
 * @param patience how long a worker may say nothing before load was started ({@code patience}, ISO 8601)
 * @param flush how long to try to send what waits on the disk after the load is over ({@code flush}, ISO 8601)
 * @param release how long to wait for the worker's leave to exit ({@code release}, ISO 8601)
 * @param spoolBytes size of the spool on disk, beyond which points are lost ({@code spool.bytes})
 */
record Settings(Duration patience, Duration flush, Duration release, long spoolBytes) {

    static final Settings DEFAULT =
            new Settings(Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofSeconds(30), 512L << 20);

    static Settings fromSystemProperties() {
        return new Settings(
                duration("patience", DEFAULT.patience),
                duration("flush", DEFAULT.flush),
                duration("release", DEFAULT.release),
                Long.getLong("loadstar.executor.spool.bytes", DEFAULT.spoolBytes));
    }

    private static Duration duration(String name, Duration otherwise) {
        String text = System.getProperty("loadstar.executor." + name);
        return text == null ? otherwise : Duration.parse(text);
    }
}
