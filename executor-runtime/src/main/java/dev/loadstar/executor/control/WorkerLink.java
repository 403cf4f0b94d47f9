package dev.loadstar.executor.control;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.loadstar.contract.wire.ControlGrpc;
import dev.loadstar.contract.wire.FetchChunk;
import dev.loadstar.contract.wire.FetchRequest;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.executor.log.JobLog;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * The stream to the worker. It is dialled again when it breaks, with the same epoch and then with all states so far
 * (Ready, Started, Ended), since any may have been lost with the old stream.
 */
public final class WorkerLink implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Duration REDIAL = Duration.ofMillis(250);
    private static final int MAX_MESSAGE_BYTES = 32 << 20;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("control-", 0).factory(), NioIoHandler.newFactory());
    private final ScheduledExecutorService redialer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("control-redial").factory());
    private final ManagedChannel channel;
    private final ControlGrpc.ControlStub stub;
    private final ControlGrpc.ControlBlockingStub blocking;
    private final Map<FromExecutor.KindCase, FromExecutor> states = new EnumMap<>(FromExecutor.KindCase.class);
    private final Supplier<FromExecutor> hello;
    private final Consumer<ToExecutor> receiver;

    private @Nullable StreamObserver<FromExecutor> stream;
    private boolean closed;
    private boolean saidBroken;
    private volatile @Nullable String refused;

    /**
     * @param hello first message of each stream
     * @param receiver of everything the worker says, on the stream's thread
     */
    public WorkerLink(WorkerAddress worker, RunKey key, Supplier<FromExecutor> hello, Consumer<ToExecutor> receiver) {
        this.hello = hello;
        this.receiver = receiver;
        channel = NettyChannelBuilder.forAddress(worker.host(), worker.port())
                .usePlaintext()
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        var metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer " + key.toHex());
        var authorize = MetadataUtils.newAttachHeadersInterceptor(metadata);
        stub = ControlGrpc.newStub(channel).withInterceptors(authorize);
        blocking = ControlGrpc.newBlockingStub(channel).withInterceptors(authorize);
    }

    public synchronized void dial() {
        if (closed) {
            return;
        }
        channel.resetConnectBackoff(); // of its own accord it would wait for up to two minutes
        var answers = new Answers();
        var opened = stub.session(answers);
        stream = opened;
        answers.of = opened;
        opened.onNext(hello.get());
        states.values().forEach(opened::onNext);
    }

    /** Sends on the stream that is open, if one is. */
    public synchronized void send(FromExecutor message) {
        if (stream != null) {
            stream.onNext(message);
        }
    }

    /** Sends, and sends again on each new stream. */
    public synchronized void sendState(FromExecutor message) {
        states.put(message.getKindCase(), message);
        send(message);
    }

    /** The bytes of one file of the bundle. */
    public Iterator<FetchChunk> fetch(String digest) {
        return blocking.withDeadlineAfter(5, TimeUnit.MINUTES)
                .fetch(FetchRequest.newBuilder().setDigest(digest).build());
    }

    /** Why the worker does not want this executor at all; null as long as it did not say so. */
    public @Nullable String refused() {
        return refused;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (stream != null) {
                stream.onCompleted();
                stream = null;
            }
        }
        redialer.shutdownNow();
        channel.shutdown();
        awaitTermination();
        channel.shutdownNow();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void awaitTermination() {
        try {
            channel.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void broken(@Nullable StreamObserver<FromExecutor> which, String why) {
        if (closed || which != stream) {
            return;
        }
        stream = null;
        if (!saidBroken) {
            saidBroken = true;
            JobLog.warn("the stream to the worker broke (%s); dialling again".formatted(why));
        }
        var _ = redialer.schedule(this::dial, REDIAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One line; the status's own text holds a stack. */
    private static String describe(Status status) {
        Throwable cause = status.getCause();
        return cause == null
                ? status.getCode() + ", " + status.getDescription()
                : status.getCode() + ", " + cause.getMessage();
    }

    private synchronized void heard() {
        if (saidBroken) {
            saidBroken = false;
            JobLog.info("the worker answers again");
        }
    }

    private final class Answers implements StreamObserver<ToExecutor> {

        private @Nullable StreamObserver<FromExecutor> of;

        @Override
        public void onNext(ToExecutor message) {
            heard();
            receiver.accept(message);
        }

        @Override
        public void onError(Throwable failure) {
            var status = Status.fromThrowable(failure);
            if (status.getCode() == Status.Code.UNAUTHENTICATED || status.getCode() == Status.Code.PERMISSION_DENIED) {
                refused = describe(status);
            }
            broken(of, describe(status));
        }

        @Override
        public void onCompleted() {
            broken(of, "the worker closed it");
        }
    }
}
