package dev.loadstar.worker;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.wire.ControlGrpc;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.ToExecutor;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

/**
 * An executor without a tool: speaks control.proto, makes no load, and misbehaves as the script's property {@code probe}
 * says. Its load takes as long as the property {@code millis} says.
 */
final class ProbeExecutor implements StreamObserver<ToExecutor> {

    private final BlockingQueue<ToExecutor> inbox = new LinkedBlockingQueue<>();
    private final StreamObserver<FromExecutor> worker;
    private String behaviour = "";
    private long loadMillis;

    private ProbeExecutor(String address, String run, int executor) throws Exception {
        var metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Objects.requireNonNull(System.getenv("LOADSTAR_RUN_KEY")));
        var channel = NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .build();
        worker = ControlGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .session(this);
        say(FromExecutor.newBuilder()
                .setHello(FromExecutor.Hello.newBuilder()
                        .setRunId(run)
                        .setExecutor(executor)
                        .setPid(ProcessHandle.current().pid())
                        .setHost(InetAddress.getLoopbackAddress().getHostName())
                        .setTool("probe")));
    }

    public static void main(String[] args) throws Exception {
        var named = List.of(args);
        System.out.println("probe " + named);
        var probe = new ProbeExecutor(
                named.get(named.indexOf("--worker") + 1),
                named.get(named.indexOf("--run") + 1),
                Integer.parseInt(named.get(named.indexOf("--executor") + 1)));
        probe.run();
    }

    private void run() throws InterruptedException {
        prepare(inbox.take().getAssign());
        long endAt = awaitStart();
        boolean stopped = false;
        while (!stopped && System.nanoTime() < endAt) {
            heartbeat(true);
            ToExecutor order = inbox.poll(500, TimeUnit.MILLISECONDS);
            stopped = order != null && order.hasStop() && !behaviour.equals("deaf");
        }
        say(FromExecutor.newBuilder().setEnded(FromExecutor.Ended.newBuilder().setProduced(11)));
        while (!inbox.take().hasRelease()) {
            heartbeat(false);
        }
        System.exit(0);
    }

    private void prepare(ToExecutor.Assign assign) {
        var script = (ScenarioPlan.Script)
                Json.read(assign.getShardJson(), Shard.class).scenario().work();
        behaviour = script.properties().getOrDefault("probe", "good");
        loadMillis = Long.parseLong(script.properties().getOrDefault("millis", "60000"));
        var ready = FromExecutor.Ready.newBuilder();
        switch (behaviour) {
            case "crash" -> {
                System.out.println("the script broke me");
                System.exit(9);
            }
            case "refuse" -> ready.setProblemCode("target-unreachable").setProblem("Nobody is there.");
            default -> {}
        }
        say(FromExecutor.newBuilder().setReady(ready));
    }

    private long awaitStart() throws InterruptedException {
        while (true) {
            ToExecutor order = inbox.poll(500, TimeUnit.MILLISECONDS);
            if (order == null) {
                heartbeat(false);
            } else if (order.hasStop()) {
                return System.nanoTime();
            } else if (order.hasStart()) {
                say(FromExecutor.newBuilder()
                        .setStarted(FromExecutor.Started.newBuilder().setSkewMillis(1.5)));
                return System.nanoTime() + Duration.ofMillis(loadMillis).toNanos();
            }
        }
    }

    private void heartbeat(boolean load) {
        say(FromExecutor.newBuilder()
                .setHeartbeat(FromExecutor.Heartbeat.newBuilder().setProduced(7).setLoadRunning(load)));
    }

    private void say(FromExecutor.Builder what) {
        worker.onNext(what.build());
    }

    @Override
    public void onNext(ToExecutor message) {
        if (!message.hasBeat()) {
            inbox.add(message);
        }
    }

    @Override
    public void onError(Throwable failure) {
        System.out.println("the worker is gone: " + failure);
        System.exit(2);
    }

    @Override
    public void onCompleted() {
        System.exit(2);
    }
}
