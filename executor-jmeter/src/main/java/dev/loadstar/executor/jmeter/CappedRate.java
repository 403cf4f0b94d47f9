package dev.loadstar.executor.jmeter;

import java.util.concurrent.locks.LockSupport;

import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.RateCap;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.sampler.TestAction;
import org.apache.jmeter.samplers.SampleMonitor;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jorphan.util.JMeterStopThreadException;

/**
 * Lets the users of the main groups wait for their turn under a cap on the rate of requests: after their timers, and before
 * the sampler's own time begins.
 */
final class CappedRate extends AbstractTestElement implements SampleMonitor, NoThreadClone {

    private static final long serialVersionUID = 1L;

    private final transient LiveSchedule plan;
    private final transient RateCap cap;

    CappedRate(LiveSchedule plan, RateCap cap) {
        this.plan = plan;
        this.cap = cap;
        setName("rate cap");
    }

    /** @throws JMeterStopThreadException if the user is cut off meanwhile, who would else still send this request */
    @Override
    public void sampleStarting(Sampler sampler) {
        if (Thread.currentThread() instanceof User && sends(sampler) && !awaitTurn()) {
            throw new JMeterStopThreadException("cut off while it waited for its turn");
        }
    }

    @Override
    public void sampleEnded(Sampler sampler) {
        // Its turn was the start.
    }

    private static boolean sends(Sampler sampler) {
        return sampler instanceof RequestSampler request ? request.sends() : !(sampler instanceof TestAction);
    }

    private boolean awaitTurn() {
        long turn = cap.take();
        long left;
        while ((left = turn - plan.elapsed()) > 0) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }
}
