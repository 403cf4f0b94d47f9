package dev.loadstar.platform.run;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/** In which order things start; they stop in the reverse one. Listeners come first, the draining of runs goes first. */
final class Phases {

    static final int LISTENERS = AbstractMessageListenerContainer.DEFAULT_PHASE;
    static final int SWEEPER = LISTENERS + 1;
    static final int DRAIN = SmartLifecycle.DEFAULT_PHASE;

    private Phases() {}
}
