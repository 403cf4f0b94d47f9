package dev.loadstar.executor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.wire.ControlGrpc;
import dev.loadstar.contract.wire.FetchChunk;
import dev.loadstar.contract.wire.FetchRequest;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.ToExecutor;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/** A worker as the executor sees it, over a real socket: it remembers what it was told, and says what a test wants said. */
public final class TestWorker extends ControlGrpc.ControlImplBase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<FromExecutor> told = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Server server;
    private final RunKey key;
    private volatile @Nullable StreamObserver<ToExecutor> stream;
    private volatile Function<FromExecutor.Hello, ToExecutor> welcome = hello -> ToExecutor.getDefaultInstance();
    private volatile boolean silent;
    private volatile Duration ahead = Duration.ZERO;

    public TestWorker(RunKey key) throws IOException {
        this.key = key;
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(this)
                .intercept(new Check())
                .build()
                .start();
    }

    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Answers each hello so. */
    public void welcome(ToExecutor answer) {
        welcome = hello -> answer;
    }

    public void offer(String digest, byte[] bytes) {
        files.put(digest, bytes);
    }

    /** From now on its clock is so far ahead of this machine's. */
    public void clockAhead(Duration time) {
        ahead = time;
    }

    /** By its own clock. */
    public Instant now() {
        return Instant.now().plus(ahead);
    }

    /** Says nothing any more, as one that hangs. */
    public void fallSilent() {
        silent = true;
    }

    public void say(ToExecutor message) {
        var current = stream;
        if (current != null) {
            synchronized (this) {
                current.onNext(message);
            }
        }
    }

    /** Breaks the stream, as a network does. */
    public void hangUp() {
        var current = stream;
        if (current != null) {
            synchronized (this) {
                current.onError(Status.UNAVAILABLE.asRuntimeException());
            }
        }
    }

    public List<FromExecutor> told(FromExecutor.KindCase kind) {
        return told.stream().filter(message -> message.getKindCase() == kind).toList();
    }

    public FromExecutor awaitTold(FromExecutor.KindCase kind) {
        await(kind.name()).atMost(PATIENCE).until(() -> !told(kind).isEmpty());
        return told(kind).getLast();
    }

    @Override
    public StreamObserver<FromExecutor> session(StreamObserver<ToExecutor> toExecutor) {
        return new StreamObserver<>() {
            @Override
            public void onNext(FromExecutor message) {
                told.add(message);
                if (silent) {
                    return;
                }
                if (message.hasHello()) {
                    stream = toExecutor;
                    say(welcome.apply(message.getHello()));
                } else if (message.hasHeartbeat()) {
                    var now = now();
                    say(ToExecutor.newBuilder()
                            .setBeat(ToExecutor.Beat.newBuilder()
                                    .setProbeNanos(message.getHeartbeat().getProbeNanos())
                                    .setWorkerEpochNanos(now.getEpochSecond() * 1_000_000_000L + now.getNano()))
                            .build());
                }
            }

            @Override
            public void onError(Throwable failure) {
                stream = null;
            }

            @Override
            public void onCompleted() {
                stream = null;
                toExecutor.onCompleted();
            }
        };
    }

    @Override
    public void fetch(FetchRequest request, StreamObserver<FetchChunk> chunks) {
        byte[] bytes = files.get(request.getDigest());
        if (bytes == null) {
            chunks.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        for (int from = 0; from < bytes.length; from += 7) {
            int length = Math.min(7, bytes.length - from);
            chunks.onNext(FetchChunk.newBuilder()
                    .setData(ByteString.copyFrom(bytes, from, length))
                    .build());
        }
        chunks.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Every call must carry the run's key. */
    private final class Check implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String token = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
            if (!("Bearer " + key.toHex()).equals(token)) {
                call.close(Status.UNAUTHENTICATED, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }
}
