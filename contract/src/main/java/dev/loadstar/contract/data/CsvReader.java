package dev.loadstar.contract.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a CSV file one by one: UTF-8 with or without a byte order mark, lines that end with LF or CRLF, quotes as in
 * RFC 4180. Empty lines are no rows.
 */
public final class CsvReader implements AutoCloseable {

    /** More bytes than this in one row mean a quote that is not closed. */
    private static final int LONGEST_ROW = 1 << 20;

    private static final int END = -1;

    private final InputStream in;
    private final char delimiter;
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private int at;
    private long line = 1;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();

    /** @param delimiter an ASCII character */
    public CsvReader(InputStream in, char delimiter) throws IOException {
        this.in = in;
        this.delimiter = delimiter;
        boolean marked = peek() == 0xEF && filled >= 3 && (buffer[1] & 0xff) == 0xBB && (buffer[2] & 0xff) == 0xBF;
        at = marked ? 3 : 0;
    }

    /** @param line in which it starts, from 1 on */
    public record Row(long line, List<String> values) {}

    /**
     * The next row; null after the last one.
     *
     * @throws IllegalArgumentException with a sentence if a quote is not closed
     */
    public @Nullable Row next() throws IOException {
        while (peek() != END) {
            long begin = line;
            List<String> values = row(begin);
            if (raw.size() > 0) {
                return new Row(begin, values);
            }
        }
        return null;
    }

    /** The bytes of the row that was read last as they are in the file, without the line's end. */
    public byte[] raw() {
        return raw.toByteArray();
    }

    private List<String> row(long begin) throws IOException {
        raw.reset();
        value.reset();
        var values = new ArrayList<String>();
        while (true) {
            int one = read();
            if (one == END || one == '\n') {
                break;
            }
            if (one == '\r' && (peek() == '\n' || peek() == END)) {
                continue;
            }
            raw.write(one);
            if (one == '"' && value.size() == 0) {
                quoted(begin);
            } else if (one == delimiter) {
                values.add(take());
            } else {
                value.write(one);
            }
            checkLength(begin);
        }
        values.add(take());
        return values;
    }

    /** What follows an opening quote, up to the closing one. */
    private void quoted(long begin) throws IOException {
        while (true) {
            int one = read();
            if (one == END) {
                throw notClosed(begin);
            }
            raw.write(one);
            if (one != '"') {
                value.write(one);
            } else if (peek() == '"') {
                raw.write(read());
                value.write('"');
            } else {
                return;
            }
            checkLength(begin);
        }
    }

    private void checkLength(long begin) {
        if (raw.size() > LONGEST_ROW) {
            throw notClosed(begin);
        }
    }

    private static IllegalArgumentException notClosed(long begin) {
        return new IllegalArgumentException("Line %d: a quote is not closed".formatted(begin));
    }

    private String take() {
        String taken = value.toString(StandardCharsets.UTF_8);
        value.reset();
        return taken;
    }

    private int read() throws IOException {
        int one = peek();
        at += one == END ? 0 : 1;
        line += one == '\n' ? 1 : 0;
        return one;
    }

    private int peek() throws IOException {
        if (at == filled) {
            filled = Math.max(0, in.readNBytes(buffer, 0, buffer.length));
            at = 0;
        }
        return filled == 0 ? END : buffer[at] & 0xff;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
