package dev.loadstar.executor.secret;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The process's standard output with secrets hidden, whoever writes: this executor, its tool, a script. Line by line, so
 * that a value is never seen in two halves.
 */
public final class MaskedOutput {

    private static volatile SecretMask mask = SecretMask.NONE;

    private MaskedOutput() {}

    /** Before anything else takes hold of the streams. */
    public static void install() {
        System.setOut(masked(System.out));
        System.setErr(masked(System.err));
    }

    /** Hidden from now on. */
    public static void hide(SecretMask secrets) {
        mask = secrets;
    }

    static PrintStream masked(OutputStream to) {
        return new PrintStream(new Lines(to), true, StandardCharsets.UTF_8);
    }

    private static final class Lines extends FilterOutputStream {

        private static final int LONGEST = 1 << 16;

        private byte[] line = new byte[256];
        private int length;

        Lines(OutputStream to) {
            super(to);
        }

        @Override
        public synchronized void write(int one) throws IOException {
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) one;
            if (one == '\n' || length == LONGEST) {
                writeLine();
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
            for (int i = offset; i < offset + count; i++) {
                write(bytes[i]);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            writeLine();
            super.close();
        }

        private void writeLine() throws IOException {
            if (mask == SecretMask.NONE) {
                out.write(line, 0, length);
            } else {
                String text = new String(line, 0, length, StandardCharsets.UTF_8);
                out.write(mask.mask(text).getBytes(StandardCharsets.UTF_8));
            }
            length = 0;
            out.flush();
        }
    }
}
