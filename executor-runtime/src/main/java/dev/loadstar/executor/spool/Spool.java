package dev.loadstar.executor.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import dev.loadstar.executor.log.JobLog;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of records in files: appended by one thread, read by another, deleted file by file when everything in
 * one is acknowledged. A process that dies loses nothing of it (what a machine's crash takes is loss, and counted as such
 * by the reader of the stream): there is no fsync per record.
 */
public final class Spool implements Closeable {

    /** Kept free for the END record, also on the disk. */
    private static final long RESERVE = 64 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final TreeSet<Long> acknowledgedAhead = new TreeSet<>();
    private final Path folder;
    private final long maxBytes;
    private final long segmentBytes;
    private long files;
    private long acknowledged;
    private long reading;
    private long readPosition;
    private boolean full;

    private Spool(Path folder, long maxBytes, long segmentBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.segmentBytes = segmentBytes;
    }

    /** Opens a spool, with what a process before left in it. */
    public static Spool open(Path folder, long maxBytes, long segmentBytes) throws IOException {
        var spool = new Spool(folder, maxBytes, segmentBytes);
        Files.createDirectories(folder);
        Files.write(spool.reserve(), new byte[(int) RESERVE]);
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.filter(path -> path.toString().endsWith(".spool"))
                    .sorted()
                    .toList()) {
                spool.segments.add(Segment.open(file, spool.endIndex()));
                String name = file.getFileName().toString();
                spool.files = Long.parseLong(name.substring(0, name.indexOf('.')));
            }
        }
        return spool;
    }

    /**
     * @param reserved whether it may use the last bytes
     * @return false if the spool is full or the disk refuses
     */
    public boolean append(byte[] record, boolean reserved) {
        lock.lock();
        try {
            long limit = reserved ? maxBytes : maxBytes - RESERVE;
            if (bytes() + Segment.HEADER + record.length > limit) {
                return refuse("the spool is full", null);
            }
            write(record, reserved);
            full = false;
            changed.signalAll();
            return true;
        } catch (IOException e) {
            return refuse("the spool cannot be written", e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next record that was not read yet; null if none comes in time. */
    public @Nullable Entry next(Duration patience) throws InterruptedException, IOException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (reading == endIndex()) {
                if (nanos <= 0) {
                    return null;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return read();
        } finally {
            lock.unlock();
        }
    }

    /** That record is safe elsewhere. */
    public void acknowledge(Entry entry) {
        lock.lock();
        try {
            acknowledgedAhead.add(entry.index());
            while (acknowledgedAhead.remove(acknowledged)) {
                acknowledged++;
            }
            while (segments.size() > 1 && segments.getFirst().endIndex() <= acknowledged) {
                segments.removeFirst().delete();
            }
            changed.signalAll();
        } catch (IOException e) {
            JobLog.warn("a sent part of the spool could not be deleted: " + e);
        } finally {
            lock.unlock();
        }
    }

    /** Reads again from the first record on that is not acknowledged. */
    public void rewind() throws IOException {
        lock.lock();
        try {
            acknowledgedAhead.clear();
            reading = acknowledged;
            readPosition = 0;
            if (reading < endIndex()) {
                Segment segment = segmentOf(reading);
                for (long i = segment.firstIndex(); i < reading; i++) {
                    readPosition += frameAt(segment, readPosition);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records that are not acknowledged. */
    public long backlog() {
        lock.lock();
        try {
            return endIndex() - acknowledged;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything is acknowledged. */
    public boolean awaitEmpty(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (endIndex() > acknowledged) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the files; what is not acknowledged stays in them. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            for (Segment segment : segments) {
                if (segment.endIndex() <= acknowledged) {
                    segment.delete();
                } else {
                    segment.close();
                }
            }
            Files.deleteIfExists(reserve());
        } finally {
            lock.unlock();
        }
    }

    private Entry read() throws IOException {
        Segment segment = segmentOf(reading);
        if (reading == segment.firstIndex()) {
            readPosition = 0;
        }
        byte[] record = segment.read(readPosition);
        if (record == null) {
            throw new IOException("record %d of the spool is damaged".formatted(reading));
        }
        readPosition += Segment.HEADER + record.length;
        return new Entry(reading++, record);
    }

    private static long frameAt(Segment segment, long position) throws IOException {
        byte[] record = segment.read(position);
        if (record == null) {
            throw new IOException("the spool is damaged");
        }
        return Segment.HEADER + record.length;
    }

    private Segment segmentOf(long index) {
        return segments.stream()
                .filter(segment -> index < segment.endIndex())
                .findFirst()
                .orElseThrow();
    }

    /** The last record gets the room that was kept on a disk that is full by now. */
    private void write(byte[] record, boolean reserved) throws IOException {
        try {
            writable().append(record);
        } catch (IOException e) {
            if (!reserved || !Files.deleteIfExists(reserve())) {
                throw e;
            }
            writable().append(record);
        }
    }

    private Path reserve() {
        return folder.resolve("reserve");
    }

    private Segment writable() throws IOException {
        if (segments.isEmpty() || segments.getLast().bytes() >= segmentBytes) {
            files++;
            segments.addLast(Segment.open(folder.resolve("%010d.spool".formatted(files)), endIndex()));
        }
        return segments.getLast();
    }

    private long endIndex() {
        return segments.isEmpty() ? 0 : segments.getLast().endIndex();
    }

    private long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    private boolean refuse(String why, @Nullable IOException cause) {
        if (!full) {
            JobLog.warn(
                    why + (cause == null ? "" : ": " + cause) + "; what is measured now is lost, and counted as lost");
        }
        full = true;
        return false;
    }

    /** A record and its number in the spool. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; copying each record would serve nobody
    public record Entry(long index, byte[] record) {}
}
