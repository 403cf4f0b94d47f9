package dev.loadstar.executor.request;

import java.util.Optional;

/** A response as checks and extractions see it. */
public interface Answer {

    int status();

    String body();

    /** The first one of that name, in upper or lower case. */
    Optional<String> header(String name);
}
