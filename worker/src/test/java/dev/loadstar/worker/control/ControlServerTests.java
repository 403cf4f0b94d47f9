package dev.loadstar.worker.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.ControlGrpc;
import dev.loadstar.contract.wire.FetchRequest;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.worker.run.Message;
import dev.loadstar.worker.run.Runs;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ControlServerTests {

    private static final RunKey KEY = RunKey.derive(new byte[] {1}, "run-1");

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final byte[] script = new byte[3_000_001];
    private final BlobStore blobs;
    private final String digest;
    private final ControlServer server;
    private final ManagedChannel channel;

    ControlServerTests(@TempDir Path folder) throws IOException {
        new Random(7).nextBytes(script);
        blobs = new BlobStore(folder);
        digest = blobs.put(new ByteArrayInputStream(script));
        server = ControlServer.start(run(folder), blobs, messages::add);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void fetchGivesExactlyTheBytesOfAFileOfTheRun() {
        var got = new ArrayList<ByteString>();

        files(KEY)
                .fetch(FetchRequest.newBuilder().setDigest(digest).build())
                .forEachRemaining(chunk -> got.add(chunk.getData()));

        assertThat(ByteString.copyFrom(got).toByteArray()).isEqualTo(script);
    }

    @Test
    void fileOfTheStoreThatIsNotOfThisRunIsNotGiven() throws IOException {
        String other = blobs.put(new ByteArrayInputStream(new byte[] {1}));

        assertStatus(
                Status.Code.NOT_FOUND,
                () -> files(KEY)
                        .fetch(FetchRequest.newBuilder().setDigest(other).build())
                        .next());
    }

    @Test
    void callWithAnotherKeyIsRefused() {
        assertStatus(
                Status.Code.UNAUTHENTICATED,
                () -> files(RunKey.derive(new byte[] {1}, "run-2"))
                        .fetch(FetchRequest.newBuilder().setDigest(digest).build())
                        .next());
    }

    @Test
    void wordsGoBothWaysAndTheEndOfAStreamIsNoticed() throws InterruptedException {
        var executor = new Ear();
        StreamObserver<FromExecutor> worker = session(executor);
        worker.onNext(hello("run-1", 2));
        var said = (Message.Said) messages.poll(10, TimeUnit.SECONDS);
        assertThat(said.executor()).isEqualTo(2);

        var release = ToExecutor.newBuilder()
                .setRelease(ToExecutor.Release.getDefaultInstance())
                .build();
        server.send(said.session(), release);
        assertThat(executor.heard.poll(10, TimeUnit.SECONDS)).isEqualTo(release);

        worker.onCompleted();
        assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo(new Message.HungUp(2, said.session()));
        server.send(said.session(), release);
        assertThat(executor.heard).isEmpty();
    }

    @Test
    void streamOfAStrangerIsClosed() {
        for (FromExecutor stranger : List.of(hello("run-2", 1), hello("run-1", 3), FromExecutor.getDefaultInstance())) {
            var executor = new Ear();
            session(executor).onNext(stranger);

            await().until(() -> executor.status.getCode() == Status.Code.INVALID_ARGUMENT);
        }
        assertThat(messages).isEmpty();
    }

    private WorkerAssignment run(Path folder) {
        RunPlan plan = Runs.closedPlan(2, OnLoss.CONTINUE, Map.of());
        var files = List.of(new BundleFile("test.jmx", digest, script.length, false));
        var withFiles = new RunPlan(
                plan.test(),
                plan.title(),
                plan.labels(),
                plan.source(),
                plan.bundle(),
                files,
                plan.target(),
                plan.scenarios(),
                plan.executors(),
                plan.assertions(),
                plan.validity(),
                Inputs.NONE);
        String here = folder.toString();
        return new WorkerAssignment(
                "run-1",
                "default",
                1,
                Instant.now(),
                withFiles,
                KEY.toHex(),
                "127.0.0.1:1",
                here,
                here,
                here,
                Map.of());
    }

    private StreamObserver<FromExecutor> session(Ear executor) {
        return ControlGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token(KEY)))
                .session(executor);
    }

    private ControlGrpc.ControlBlockingStub files(RunKey key) {
        return ControlGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token(key)));
    }

    private static Metadata token(RunKey key) {
        var metadata = new Metadata();
        metadata.put(TokenCheck.AUTHORIZATION, "Bearer " + key.toHex());
        return metadata;
    }

    private static FromExecutor hello(String run, int executor) {
        return FromExecutor.newBuilder()
                .setHello(FromExecutor.Hello.newBuilder().setRunId(run).setExecutor(executor))
                .build();
    }

    private static void assertStatus(Status.Code code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
    }

    /** An executor that only listens. */
    private static final class Ear implements StreamObserver<ToExecutor> {

        private final BlockingQueue<ToExecutor> heard = new LinkedBlockingQueue<>();
        private volatile Status status = Status.OK;

        @Override
        public void onNext(ToExecutor message) {
            heard.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            status = Status.fromThrowable(failure);
        }

        @Override
        public void onCompleted() {}
    }
}
