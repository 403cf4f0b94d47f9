package dev.loadstar.worker.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Set;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.wire.FetchChunk;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;

/** The files of the run's bundle, and no others of the store, as fast as an executor takes them. */
final class BundleFiles {

    private static final int CHUNK = 64 * 1024;

    private final BlobStore blobs;
    private final Set<String> digests;

    BundleFiles(BlobStore blobs, Set<String> digests) {
        this.blobs = blobs;
        this.digests = digests;
    }

    void send(String digest, ServerCallStreamObserver<FetchChunk> chunks) {
        if (!digests.contains(digest)) {
            chunks.onError(Status.NOT_FOUND
                    .withDescription("no file of this run: " + digest)
                    .asRuntimeException());
            return;
        }
        try {
            var transfer = new Transfer(Files.newInputStream(blobs.path(digest)), chunks);
            chunks.setOnCloseHandler(transfer::close);
            chunks.setOnCancelHandler(transfer::close);
            chunks.setOnReadyHandler(transfer::pump);
        } catch (IOException e) {
            chunks.onError(failure(e));
        }
    }

    private static Throwable failure(IOException e) {
        return Status.INTERNAL
                .withDescription("the file cannot be read: " + e)
                .withCause(e)
                .asRuntimeException();
    }

    /** One file on its way; gRPC calls it from one thread at a time. */
    private record Transfer(InputStream content, ServerCallStreamObserver<FetchChunk> chunks) {

        void pump() {
            try {
                while (chunks.isReady()) {
                    byte[] bytes = content.readNBytes(CHUNK);
                    if (bytes.length == 0) {
                        chunks.onCompleted();
                        return;
                    }
                    chunks.onNext(FetchChunk.newBuilder()
                            .setData(ByteString.copyFrom(bytes))
                            .build());
                }
            } catch (IOException e) {
                chunks.onError(failure(e));
            }
        }

        void close() {
            try {
                content.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
