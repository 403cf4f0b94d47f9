package dev.loadstar.executor.jmeter;

import java.util.List;

import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.testelement.property.JMeterProperty;
import org.apache.jmeter.testelement.property.NullProperty;
import org.apache.jmeter.testelement.property.TestElementProperty;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterThread;
import org.apache.jmeter.threads.JMeterVariables;
import org.apache.jmeter.threads.ListenerNotifier;
import org.apache.jorphan.collections.ListedHashTree;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of a thread group of the script, whatever its kind, and gets its users from the platform's
 * schedule. Public with a public constructor, because JMeter clones elements by reflection.
 */
public final class UserGroup extends AbstractThreadGroup {

    /** Where thread groups, also those of plug-ins, keep their number of users. */
    private static final List<String> SIZES = List.of(NUM_THREADS, "TargetLevel");

    private static final List<String> KEPT = List.of(NAME, ON_SAMPLE_ERROR, IS_SAME_USER_ON_NEXT_ITERATION);

    private transient @Nullable Crowd crowd;
    private transient @Nullable Launch launch;

    public UserGroup() {}

    /** A group with the name, size and behaviour on errors of that group of the script. */
    static UserGroup inPlaceOf(AbstractThreadGroup script, Crowd crowd) {
        var group = new UserGroup();
        for (String name : KEPT) {
            group.take(script.getProperty(name), name);
        }
        SIZES.stream()
                .map(script::getProperty)
                .filter(size -> !(size instanceof NullProperty))
                .findFirst()
                .ifPresent(size -> group.take(size, NUM_THREADS));
        group.setProperty(new TestElementProperty(MAIN_CONTROLLER, IterationController.endless(crowd)));
        group.crowd = crowd;
        return group;
    }

    private void take(JMeterProperty property, String name) {
        if (!(property instanceof NullProperty)) {
            JMeterProperty copy = property.clone();
            copy.setName(name);
            setProperty(copy);
        }
    }

    /** Size in the script, or -1 where it does not say. */
    long weight() {
        try {
            return Long.parseLong(getPropertyAsString(NUM_THREADS).trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public int getNumThreads() {
        return (int) Math.max(0, weight());
    }

    @Override
    public void start(int number, ListenerNotifier notifier, ListedHashTree tree, StandardJMeterEngine engine) {
        launch = new Launch(
                number,
                notifier,
                tree,
                engine,
                JMeterContextService.getContext().getVariables());
        crowd().started(this);
    }

    /** A new JMeter user of this group. */
    JMeterThread newUser(int threadNumber) {
        Launch begun = launch;
        if (begun == null) {
            throw new IllegalStateException("group " + getName() + " was not started");
        }
        return makeThread(
                begun.engine, this, begun.notifier, begun.number, threadNumber, cloneTree(begun.tree), begun.variables);
    }

    @Override
    public boolean stopThread(String threadName, boolean now) {
        return crowd().stopUser(threadName, now);
    }

    @Override
    public int numberOfActiveThreads() {
        return getNumberOfThreads();
    }

    @Override
    public JMeterThread addNewThread(int delay, StandardJMeterEngine engine) {
        throw new UnsupportedOperationException("The platform's schedule decides how many users there are");
    }

    @Override
    public boolean verifyThreadsStopped() {
        return crowd().isOver();
    }

    @Override
    public void waitThreadsStopped() {
        crowd().await();
    }

    /** Called by JMeter when the script wants the test to end. */
    @Override
    public void stop() {
        crowd().endedByScript(false);
    }

    @Override
    public void tellThreadsToStop() {
        crowd().endedByScript(true);
    }

    @Override
    public void threadFinished(JMeterThread thread) {
        // The user's own thread reports its end.
    }

    private Crowd crowd() {
        Crowd mine = crowd;
        if (mine == null) {
            throw new IllegalStateException("a clone of a group only leads one user through the plan");
        }
        return mine;
    }

    /** What JMeter's engine hands over at the start. */
    private record Launch(
            int number,
            ListenerNotifier notifier,
            ListedHashTree tree,
            StandardJMeterEngine engine,
            JMeterVariables variables) {}
}
