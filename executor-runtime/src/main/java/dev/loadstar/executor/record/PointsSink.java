package dev.loadstar.executor.record;

/** Where finished records go: the disk spool. */
@FunctionalInterface
public interface PointsSink {

    /**
     * @param record the bytes of a {@link dev.loadstar.contract.wire.PointsRecord}
     * @param last the executor's END, which has room reserved
     * @return false if there is no room; the samples of the record are then lost
     */
    boolean append(byte[] record, boolean last);
}
