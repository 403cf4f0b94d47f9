package dev.loadstar.executor.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What load goes to when it is measured how exact it is: one thread around a selector, which notes when each request came
 * and what it asked for, and does nothing else. {@code /hold/250…} is answered after 250 ms, all else at once. Takes one
 * request at a time on each connection, and no more than fits into one packet. Depends on the JDK alone, because it runs as
 * a process of its own: {@link TargetProcess}.
 */
final class CountingTarget {

    /** Writes the log; what follows in the path is the file. */
    static final String LOG = "/!log";

    /** Forgets what came. */
    static final String RESET = "/!reset";

    private static final String HOLD = "/hold/";
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
            .getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel door = ServerSocketChannel.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
    private final PriorityQueue<Held> held = new PriorityQueue<>((a, b) -> Long.compare(a.nanos, b.nanos));
    private final List<Entry> log = new ArrayList<>(100_000);
    private final long epochNanos = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now()) - System.nanoTime();

    private CountingTarget() throws IOException {
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096)
                .configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Prints its port and serves until it is ended. */
    public static void main(String[] args) throws IOException {
        var target = new CountingTarget();
        System.out.println(((InetSocketAddress) target.door.getLocalAddress()).getPort());
        target.run();
    }

    private void run() throws IOException {
        while (true) {
            Held first = held.peek();
            if (first == null) {
                selector.select(this::serve);
            } else {
                // A selector waits whole milliseconds: the last one is spent looking.
                long left = first.nanos - System.nanoTime();
                if (left > 1_500_000) {
                    selector.select(this::serve, left / 1_000_000);
                } else {
                    selector.selectNow(this::serve);
                }
                answerDue();
            }
        }
    }

    private void answerDue() {
        long now = System.nanoTime();
        for (Held next = held.peek(); next != null && next.nanos <= now; next = held.peek()) {
            held.remove();
            answer(next.key, next.entry);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                read(key, (SocketChannel) key.channel());
            }
        } catch (IOException e) {
            end(key);
        }
    }

    private void accept() throws IOException {
        SocketChannel connection = door.accept();
        if (connection != null) {
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            connection.register(selector, SelectionKey.OP_READ);
        }
    }

    private void read(SelectionKey key, SocketChannel connection) throws IOException {
        long now = System.nanoTime();
        in.clear();
        if (connection.read(in) < 0) {
            end(key);
            return;
        }
        String path = path();
        if (path.startsWith(LOG)) {
            write(Path.of(path.substring(LOG.length())));
            connection.write(ByteBuffer.wrap(ANSWER));
        } else if (path.equals(RESET)) {
            log.clear();
            connection.write(ByteBuffer.wrap(ANSWER));
        } else {
            note(key, new Entry(path, epochNanos + now), now);
        }
    }

    private void note(SelectionKey key, Entry entry, long now) {
        log.add(entry);
        if (entry.path.startsWith(HOLD)) {
            String millis = entry.path.substring(HOLD.length()).replaceFirst("\\D.*", "");
            held.add(new Held(now + Long.parseLong(millis) * 1_000_000, key, entry));
        } else {
            answer(key, entry);
        }
    }

    private void answer(SelectionKey key, Entry entry) {
        entry.answered = epochNanos + System.nanoTime();
        try {
            ((SocketChannel) key.channel()).write(ByteBuffer.wrap(ANSWER));
        } catch (IOException e) {
            end(key);
        }
    }

    /** The second word of what was read. */
    private String path() {
        in.flip();
        var path = new StringBuilder();
        boolean begun = false;
        while (in.hasRemaining()) {
            char letter = (char) in.get();
            if (letter == ' ' && begun) {
                break;
            }
            if (begun) {
                path.append(letter);
            }
            begun |= letter == ' ';
        }
        return path.toString();
    }

    private void write(Path file) throws IOException {
        var lines = new ArrayList<String>(log.size());
        for (Entry entry : log) {
            lines.add(entry.came + " " + entry.answered + " " + entry.path);
        }
        Files.write(file, lines);
    }

    private static void end(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    private record Held(long nanos, SelectionKey key, Entry entry) {}

    /** Times are epoch nanoseconds; an answer that is still to come has none. */
    private static final class Entry {

        private final String path;
        private final long came;
        private long answered;

        Entry(String path, long came) {
            this.path = path;
            this.came = came;
        }
    }
}
