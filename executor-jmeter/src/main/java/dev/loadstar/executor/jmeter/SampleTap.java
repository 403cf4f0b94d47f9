package dev.loadstar.executor.jmeter;

import dev.loadstar.executor.tool.Recorder;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.testelement.TestStateListener;

/** The one listener of a run: hands every event of every thread to the recorder, in place of a result file. */
final class SampleTap extends AbstractTestElement implements SampleListener, TestStateListener, NoThreadClone {

    private final transient SampleReader reader;
    private final transient Recorder recorder;
    private final transient Runnable atStart;

    SampleTap(SampleReader reader, Recorder recorder, Runnable atStart) {
        this.reader = reader;
        this.recorder = recorder;
        this.atStart = atStart;
        setName("loadstar");
    }

    @Override
    public void sampleOccurred(SampleEvent event) {
        reader.read(event.getResult(), event.isTransactionSampleEvent(), recorder);
    }

    @Override
    public void sampleStarted(SampleEvent event) {
        // JMeter calls this for none of its own samplers.
    }

    @Override
    public void sampleStopped(SampleEvent event) {
        // JMeter calls this for none of its own samplers.
    }

    @Override
    public void testStarted() {
        atStart.run();
    }

    @Override
    public void testStarted(String host) {
        atStart.run();
    }

    @Override
    public void testEnded() {
        // The session sees the engine's end.
    }

    @Override
    public void testEnded(String host) {
        // The session sees the engine's end.
    }
}
