package dev.loadstar.executor.gatling;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.gatling.http.engine.HttpEngine;
import io.gatling.http.engine.HttpEngine$;
import io.netty.channel.EventLoop;
import scala.Option;
import scala.runtime.BoxedUnit;

/** Gatling's HTTP client as users have it: each with connections of its own. Safe for many threads. */
final class HttpClients {

    private final Engine engine;
    private final HttpEngine http;
    private final boolean returning;
    private final ConcurrentHashMap<Long, Client> known = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /** @param returning whether users come back, and find their connections open */
    HttpClients(Engine engine, boolean returning) {
        this.engine = engine;
        this.http = HttpEngine$.MODULE$.apply(engine.core());
        this.returning = returning;
        engine.core().actorSystem().registerOnTermination(() -> {
            http.close();
            return BoxedUnit.UNIT;
        });
    }

    /** One user's. Used on its event loop. */
    final class Client {

        private final long id = ids.incrementAndGet();
        private final EventLoop eventLoop = engine.eventLoop();

        EventLoop eventLoop() {
            return eventLoop;
        }

        /** Lets the user begin as {@link Engine#begin(EventLoop, Consumer, Runnable)} does. */
        void begin(Consumer<Runnable> way, Runnable atEnd) {
            engine.begin(eventLoop, way, atEnd);
        }

        void send(Request request, HttpListener listener) {
            http.executeRequest(request, id, false, eventLoop, listener, Option.empty());
        }

        /** Its iteration is over. */
        void leave() {
            if (!returning) {
                http.flushClientIdChannels(id, eventLoop);
            }
        }
    }

    /** Of the user or arrival with that number. */
    Client of(long number) {
        return returning ? known.computeIfAbsent(number, _ -> new Client()) : new Client();
    }
}
