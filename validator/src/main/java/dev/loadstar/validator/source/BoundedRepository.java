package dev.loadstar.validator.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/**
 * A repository that takes in no pack whose reading would need more memory than there is. JGit makes room for what a pack
 * says of itself, and unpacks what is stored as a difference in memory: a few bytes can ask for gigabytes.
 */
final class BoundedRepository extends FileRepository {

    private static final int MOST_OBJECTS = 2_000_000;
    private static final int HEADER = 12;
    private static final int PLACE_OF_COUNT = 8;

    private final long largestFile;

    BoundedRepository(BaseRepositoryBuilder<?, ?> builder, long largestFile) throws IOException {
        super(builder);
        this.largestFile = largestFile;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        return new Inserter(super.newObjectInserter());
    }

    private final class Inserter extends ObjectInserter.Filter {

        private final ObjectInserter objects;

        Inserter(ObjectInserter objects) {
            this.objects = objects;
        }

        @Override
        protected ObjectInserter delegate() {
            return objects;
        }

        @Override
        public PackParser newPackParser(InputStream in) throws IOException {
            PackParser parser = super.newPackParser(counted(in));
            parser.setMaxObjectSizeLimit(largestFile);
            return parser;
        }
    }

    private static InputStream counted(InputStream in) throws IOException {
        var pack = new PushbackInputStream(in, HEADER);
        byte[] header = pack.readNBytes(HEADER);
        if (header.length == HEADER
                && Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(PLACE_OF_COUNT)) > MOST_OBJECTS) {
            throw new LoadstarException(
                    ErrorCode.GIT_TOO_LARGE,
                    "The repository has more than %,d objects to fetch".formatted(MOST_OBJECTS));
        }
        pack.unread(header);
        return pack;
    }
}
