package dev.loadstar.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.worker.run.Action;
import dev.loadstar.worker.run.Message;
import dev.loadstar.worker.run.RunMachine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which the run's state lives: takes messages, lets the machine decide, has its actions carried out. */
final class RunLoop {

    private static final Logger log = LoggerFactory.getLogger(RunLoop.class);
    private static final Duration TICK = Duration.ofMillis(200);

    private final RunMachine machine;
    private final InstantSource clock;
    private final BlockingQueue<Message> messages;
    private final Hands hands;

    RunLoop(RunMachine machine, InstantSource clock, BlockingQueue<Message> messages, Hands hands) {
        this.machine = machine;
        this.clock = clock;
        this.messages = messages;
        this.hands = hands;
    }

    /** Runs until the machine is done, and answers how the run ended. */
    RunEnded run() throws InterruptedException {
        @Nullable RunEnded ended = handle(new Message.Begin());
        long nextTick = System.nanoTime() + TICK.toNanos();
        while (ended == null) {
            @Nullable Message message = messages.poll(Math.max(0, nextTick - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (message != null) {
                ended = handle(message);
            }
            if (ended == null && System.nanoTime() >= nextTick) {
                ended = handle(new Message.Tick());
                nextTick = System.nanoTime() + TICK.toNanos();
            }
        }
        return ended;
    }

    private @Nullable RunEnded handle(Message message) {
        try {
            return perform(machine.on(message, clock.instant()));
        } catch (RuntimeException e) {
            if (message instanceof Message.Broken) {
                throw e;
            }
            log.error("The run is ended because of a defect", e);
            return handle(new Message.Broken("The worker failed: " + e));
        }
    }

    private @Nullable RunEnded perform(List<Action> actions) {
        @Nullable RunEnded ended = null;
        for (Action action : actions) {
            if (action instanceof Action.Finish finish) {
                ended = finish.ended();
            } else {
                hands.perform(action);
            }
        }
        return ended;
    }

    /** Carries out actions without waiting for them. */
    @FunctionalInterface
    interface Hands {
        void perform(Action action);
    }
}
