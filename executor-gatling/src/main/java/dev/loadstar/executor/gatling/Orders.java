package dev.loadstar.executor.gatling;

import java.util.function.Consumer;

import io.gatling.core.actor.ActorRef;
import scala.concurrent.Promise;
import scala.concurrent.duration.FiniteDuration;

/** Stands in the place of one of Gatling's actors: what is sent to it is dealt with at once, on the sender's thread. */
record Orders<M>(String name, Consumer<M> obey) implements ActorRef<M> {

    @Override
    public void $bang(M order) {
        obey.accept(order);
    }

    @Override
    public <R> Promise<R> replyPromise(FiniteDuration timeout) {
        throw new UnsupportedOperationException("nobody asks " + name + " for an answer");
    }
}
