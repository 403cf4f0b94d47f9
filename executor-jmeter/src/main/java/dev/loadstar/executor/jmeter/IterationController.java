package dev.loadstar.executor.jmeter;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.executor.load.LoadPriority;
import org.apache.jmeter.control.Controller;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.control.NextIsNullException;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.testelement.property.TestElementProperty;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.openmodel.OpenModelThreadGroupController;
import org.jspecify.annotations.Nullable;

/**
 * A thread group's main controller that asks before each iteration. Public with a public constructor, because JMeter
 * clones elements by reflection.
 */
public final class IterationController extends LoopController {

    private static final long EMPTY_ITERATION_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Who has done so many does little else; who waits for an instant, or for answers, wants the processor when it is due. */
    private static final int MANY_ITERATIONS = 100;

    private transient @Nullable Iterations iterations;
    private transient boolean endless;
    private transient boolean sampled = true;
    private transient int begun;

    public IterationController() {}

    /** Loops until {@code iterations} ends it. */
    static IterationController endless(Iterations iterations) {
        var controller = new IterationController();
        controller.iterations = iterations;
        controller.endless = true;
        controller.setLoops(INFINITE_LOOP_COUNT);
        controller.setContinueForever(false);
        return controller;
    }

    /** Loops as the script says, but begins nothing once {@code iterations} says no. */
    static IterationController like(LoopController script, Iterations iterations) {
        var controller = new IterationController();
        var properties = script.propertyIterator();
        while (properties.hasNext()) {
            controller.setProperty(properties.next().clone());
        }
        controller.iterations = iterations;
        return controller;
    }

    @Override
    public Object clone() {
        var copy = (IterationController) super.clone();
        copy.iterations = iterations;
        copy.endless = endless;
        return copy;
    }

    @Override
    public @Nullable Sampler next() {
        if (isFirst() && !mayBegin()) {
            setDone(true);
            return null;
        }
        Sampler next = super.next();
        sampled |= next != null;
        return next;
    }

    /** JMeter's own loop calls itself here, and an endless one without a sampler would overflow the stack. */
    @Override
    protected @Nullable Sampler nextIsNull() throws NextIsNullException {
        if (!endless) {
            return super.nextIsNull();
        }
        reInitialize();
        return null;
    }

    private boolean mayBegin() {
        if (!sampled) {
            LockSupport.parkNanos(EMPTY_ITERATION_NANOS);
        }
        sampled = false;
        if (++begun == MANY_ITERATIONS) {
            LoadPriority.standBack();
        }
        return iterations == null || iterations.mayBegin();
    }

    /** Goes round once, as each arrival of an open model does. */
    private static IterationController once(Iterations iterations) {
        var script = new LoopController();
        script.setLoops(1);
        script.setContinueForever(false);
        return like(script, iterations);
    }

    /** Gives a group of the script a main controller that can be told to stop; groups with a controller of another kind keep theirs. */
    static boolean install(AbstractThreadGroup group, Iterations iterations) {
        Controller script = group.getSamplerController();
        if (script instanceof LoopController loop && loop.getClass() == LoopController.class) {
            group.setProperty(new TestElementProperty(AbstractThreadGroup.MAIN_CONTROLLER, like(loop, iterations)));
            return true;
        }
        if (script instanceof OpenModelThreadGroupController) {
            group.setProperty(new TestElementProperty(AbstractThreadGroup.MAIN_CONTROLLER, once(iterations)));
            return true;
        }
        return false;
    }
}
