package dev.loadstar.demo;

/**
 * One request as the target saw it.
 *
 * @param micros when its head had been read, UTC epoch µs
 * @param path without the query
 * @param status that it was answered with
 */
public record Arrival(long micros, String method, String path, int status) {

    /** One line of the log: {@code 1763719200123456 GET /api/products 200}. */
    String line() {
        return micros + " " + method + " " + path + " " + status;
    }
}
