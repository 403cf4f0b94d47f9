package dev.loadstar.worker.control;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.loadstar.contract.wire.ControlGrpc;
import dev.loadstar.contract.wire.FetchChunk;
import dev.loadstar.contract.wire.FetchRequest;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.worker.run.Message;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Turns streams of executors into messages of the run, and back. */
final class ControlService extends ControlGrpc.ControlImplBase {

    private final String runId;
    private final int executors;
    private final Consumer<Message> messages;
    private final BundleFiles files;
    private final AtomicLong lastSession = new AtomicLong();
    private final Map<Long, StreamObserver<ToExecutor>> sessions = new ConcurrentHashMap<>();

    ControlService(String runId, int executors, Consumer<Message> messages, BundleFiles files) {
        this.runId = runId;
        this.executors = executors;
        this.messages = messages;
        this.files = files;
    }

    @Override
    public StreamObserver<FromExecutor> session(StreamObserver<ToExecutor> toExecutor) {
        // With a handler for it, writing to a cancelled call is no error.
        ((ServerCallStreamObserver<ToExecutor>) toExecutor).setOnCancelHandler(() -> {});
        return new Session(lastSession.incrementAndGet(), toExecutor);
    }

    @Override
    public void fetch(FetchRequest request, StreamObserver<FetchChunk> chunks) {
        files.send(request.getDigest(), (ServerCallStreamObserver<FetchChunk>) chunks);
    }

    void send(long session, ToExecutor message) {
        @Nullable StreamObserver<ToExecutor> stream = sessions.get(session);
        if (stream == null) {
            return;
        }
        synchronized (stream) {
            if (sessions.containsKey(session)) {
                stream.onNext(message);
            }
        }
    }

    /** One stream of one executor; gRPC calls it from one thread at a time. */
    private final class Session implements StreamObserver<FromExecutor> {

        private final long id;
        private final StreamObserver<ToExecutor> toExecutor;
        private int executor;

        Session(long id, StreamObserver<ToExecutor> toExecutor) {
            this.id = id;
            this.toExecutor = toExecutor;
        }

        @Override
        public void onNext(FromExecutor what) {
            if (executor == 0 && !accept(what)) {
                toExecutor.onError(Status.INVALID_ARGUMENT
                        .withDescription("the first message must be the hello of an executor of this run")
                        .asRuntimeException());
                return;
            }
            messages.accept(new Message.Said(executor, id, what));
        }

        private boolean accept(FromExecutor what) {
            int number = what.getHello().getExecutor();
            boolean mine = what.hasHello() && what.getHello().getRunId().equals(runId);
            if (!mine || number < 1 || number > executors) {
                return false;
            }
            executor = number;
            sessions.put(id, toExecutor);
            return true;
        }

        @Override
        public void onError(Throwable gone) {
            close();
        }

        @Override
        public void onCompleted() {
            if (close()) {
                toExecutor.onCompleted();
            }
        }

        private boolean close() {
            synchronized (toExecutor) {
                if (sessions.remove(id) == null) {
                    return false;
                }
            }
            messages.accept(new Message.HungUp(executor, id));
            return true;
        }
    }
}
