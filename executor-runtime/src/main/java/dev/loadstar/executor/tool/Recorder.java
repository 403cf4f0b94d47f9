package dev.loadstar.executor.tool;

/** Takes what a tool measured. Called by every thread of the tool for every sample: it neither blocks nor does I/O. */
public interface Recorder {

    void record(Sample sample);
}
