package dev.loadstar.executor.jmeter;

import java.net.URL;
import java.util.List;

import org.apache.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A request as it is sent, every value put in. */
record Outgoing(
        String method,
        URL url,
        List<Header> headers,
        @Nullable Body body) {

    record Header(String name, String value) {}

    /** @param shown what a failing sample shows of it */
    record Body(HttpEntity entity, String shown) {}
}
