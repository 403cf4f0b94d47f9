package dev.loadstar.executor.tool;

/** Rows of data that are used once in the test: who may use which is decided for all executors together. */
public interface RowSource {

    int NONE = -1;

    /**
     * Makes sure that the first rows are there when they are needed. To be called once, before the first {@link #next}.
     *
     * @param most rows that will be needed here; what others need is not taken
     */
    void prepare(String data, long most);

    /**
     * The place of the next row that the caller alone may use, in the order that all executors have; waits for the worker
     * where none is left here.
     *
     * @return {@link #NONE} if there is none any more, or no load may be made any more
     */
    long next(String data);
}
