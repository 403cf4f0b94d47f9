package dev.loadstar.executor.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * One file of the spool: frames of length (4 bytes), CRC-32C (4 bytes) and the record. What a crash left half written at
 * its end is cut off when it is opened again.
 */
final class Segment implements Closeable {

    static final long HEADER = 8;

    private final Path file;
    private final FileChannel channel;
    private final long firstIndex;
    private long count;
    private long bytes;

    private Segment(Path file, FileChannel channel, long firstIndex) {
        this.file = file;
        this.channel = channel;
        this.firstIndex = firstIndex;
    }

    /** @param firstIndex number of its first record in the spool */
    static Segment open(Path file, long firstIndex) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var segment = new Segment(file, channel, firstIndex);
        segment.recover();
        return segment;
    }

    long endIndex() {
        return firstIndex + count;
    }

    long firstIndex() {
        return firstIndex;
    }

    long bytes() {
        return bytes;
    }

    void append(byte[] record) throws IOException {
        var frame = ByteBuffer.allocate((int) HEADER + record.length)
                .putInt(record.length)
                .putInt(checksum(record))
                .put(record)
                .flip();
        long position = bytes;
        while (frame.hasRemaining()) {
            position += channel.write(frame, position);
        }
        bytes = position;
        count++;
    }

    /** The record whose frame begins at that place; null at the end or where the bytes are not a whole frame. */
    byte @Nullable [] read(long position) throws IOException {
        var header = ByteBuffer.allocate((int) HEADER);
        if (!fill(header, position)) {
            return null;
        }
        int length = header.flip().getInt();
        int checksum = header.getInt();
        if (length < 0 || position + HEADER + length > channel.size()) {
            return null;
        }
        var record = ByteBuffer.allocate(length);
        return fill(record, position + HEADER) && checksum(record.array()) == checksum ? record.array() : null;
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void recover() throws IOException {
        for (byte[] record = read(bytes); record != null; record = read(bytes)) {
            bytes += HEADER + record.length;
            count++;
        }
        channel.truncate(bytes);
    }

    private boolean fill(ByteBuffer buffer, long from) throws IOException {
        long position = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                return false;
            }
            position += read;
        }
        return true;
    }

    private static int checksum(byte[] record) {
        var crc = new CRC32C();
        crc.update(record);
        return (int) crc.getValue();
    }
}
