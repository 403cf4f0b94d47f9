package dev.loadstar.worker.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.worker.run.Message;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/** The worker's gRPC server on a free port of the loopback address. */
public final class ControlServer implements AutoCloseable {

    private final ControlService service;
    private final Server server;

    private ControlServer(ControlService service, Server server) {
        this.service = service;
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param messages gets everything that executors say, from several threads
     */
    public static ControlServer start(WorkerAssignment run, BlobStore blobs, Consumer<Message> messages)
            throws IOException {
        Set<String> digests = run.plan().shards().stream()
                .flatMap(shard -> shard.files().stream())
                .map(BundleFile::digest)
                .collect(Collectors.toUnmodifiableSet());
        var service =
                new ControlService(run.runId(), run.plan().shards().size(), messages, new BundleFiles(blobs, digests));
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .intercept(new TokenCheck(RunKey.ofHex(run.runKey())))
                .addService(service)
                .build()
                .start();
        return new ControlServer(service, server);
    }

    public int port() {
        return server.getPort();
    }

    /** Says something to an executor, without waiting; to a stream that is gone, nothing happens. */
    public void send(long session, ToExecutor message) {
        service.send(session, message);
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
