import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * What the load goes to: a process of its own with one thread, which answers every GET with 200 bytes and keeps count.
 * {@code /} answers at once, {@code /hold} after 50 ms, {@code /spread} after 5 ms to some 100 ms, log-normally. Takes
 * one request at a time on each connection and no bodies, which is all that a load tool here sends.
 */
final class Target implements AutoCloseable {

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private Target(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Target start() throws IOException {
        var command = List.of(
                Bench.java(), "-Xmx128m", "-XX:+UseSerialGC", Bench.root().resolve("bench/src/Target.java").toString());
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Bench.endWithUs(process);
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new Target(process, Integer.parseInt(said.readLine()));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** @param first when the first request since the last reset came, epoch µs; 0 before it
     * @param last when the newest answer went out */
    record Count(long requests, long first, long last) {}

    Count count() throws IOException, InterruptedException {
        String[] said = ask("/count").split(" ");
        return new Count(Long.parseLong(said[0]), Long.parseLong(said[1]), Long.parseLong(said[2]));
    }

    void reset() throws IOException, InterruptedException {
        ask("/reset");
    }

    /** Blocks until load arrives; fails when what should bring it ends before. */
    void awaitLoad(CompletableFuture<?> source) throws IOException, InterruptedException {
        while (count().requests() == 0) {
            if (source.isDone()) {
                throw new IllegalStateException("ended without load: " + source.join());
            }
            Thread.sleep(100);
        }
    }

    private String ask(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body().strip();
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Now, epoch µs: on the clock that the target counts on. */
    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** The process itself: says its port and serves until it is ended. */
    public static void main(String[] args) throws IOException {
        var server = new Loop();
        System.out.println(server.port());
        server.run();
    }

    private record Due(long nanos, SelectionKey key) {}

    private static final class Loop {

        private static final long HOLD = 50_000_000;
        private static final byte[] ANSWER = answer("x".repeat(200));

        private final Selector selector = Selector.open();
        private final ServerSocketChannel door = ServerSocketChannel.open();
        private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
        private final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);
        private final PriorityQueue<Due> held = new PriorityQueue<>((a, b) -> Long.compare(a.nanos, b.nanos));
        private final Random random = new Random(1);
        private long requests;
        private long first;
        private long last;

        Loop() throws IOException {
            door.bind(new InetSocketAddress("127.0.0.1", 0), 4096).configureBlocking(false);
            door.register(selector, SelectionKey.OP_ACCEPT);
        }

        int port() throws IOException {
            return ((InetSocketAddress) door.getLocalAddress()).getPort();
        }

        void run() throws IOException {
            while (true) {
                if (held.isEmpty()) {
                    selector.select(this::serve);
                } else {
                    // A selector waits whole milliseconds: the last one is spent looking.
                    long left = held.peek().nanos - System.nanoTime();
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
            while (!held.isEmpty() && held.peek().nanos <= now) {
                answer(held.poll().key);
            }
        }

        private void serve(SelectionKey key) {
            try {
                if (key.isAcceptable()) {
                    var connection = door.accept();
                    connection.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
                    connection.register(selector, SelectionKey.OP_READ);
                } else {
                    read(key, (SocketChannel) key.channel());
                }
            } catch (IOException e) {
                end(key);
            }
        }

        private void read(SelectionKey key, SocketChannel connection) throws IOException {
            in.clear();
            int length = connection.read(in);
            if (length < 0) {
                end(key);
                return;
            }
            // "GET /x…": what comes after the slash says what to do.
            switch (length > 5 ? (char) in.get(5) : ' ') {
                case 'c' -> connection.write(ByteBuffer.wrap(answer(requests + " " + first + " " + last)));
                case 'r' -> {
                    requests = first = last = 0;
                    connection.write(ByteBuffer.wrap(answer("")));
                }
                case 'h' -> hold(key, HOLD);
                case 's' -> hold(key, (long) (5e6 + 20e6 * Math.exp(0.8 * random.nextGaussian())));
                default -> {
                    count();
                    answer(key);
                }
            }
        }

        private void count() {
            if (requests++ == 0) {
                first = micros();
            }
        }

        private void hold(SelectionKey key, long nanos) {
            count();
            held.add(new Due(System.nanoTime() + nanos, key));
        }

        private void answer(SelectionKey key) {
            try {
                out.rewind();
                ((SocketChannel) key.channel()).write(out);
                last = micros();
            } catch (IOException e) {
                end(key);
            }
        }

        private static void end(SelectionKey key) {
            key.cancel();
            try {
                key.channel().close();
            } catch (IOException e) {
                // It is gone, which is what was wanted.
            }
        }

        private static byte[] answer(String body) {
            return ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
