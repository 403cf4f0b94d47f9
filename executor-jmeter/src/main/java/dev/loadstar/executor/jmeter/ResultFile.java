package dev.loadstar.executor.jmeter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.Artifact;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.samplers.SampleSaveConfiguration;
import org.apache.jmeter.save.CSVSaveService;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JMeter's own result file (JTL), for people who live in it: the rows that JMeter's command line writes, as CSV, with
 * secrets hidden and up to a size.
 */
final class ResultFile extends AbstractTestElement implements SampleListener, NoThreadClone, AutoCloseable {

    /** Name of the option that asks for it. */
    static final String OPTION = "jtl";

    private static final Logger log = LoggerFactory.getLogger(ResultFile.class);
    private static final Path PATH = Path.of(Artifact.FOLDER, "results.jtl");
    private static final long MOST_BYTES = 1L << 30;
    private static final int BUFFER_BYTES = 1 << 18;

    /** As deep as JMeter goes. */
    private static final int DEEPEST = 10;

    private final transient SampleSaveConfiguration columns = new SampleSaveConfiguration();
    private final transient UnaryOperator<String> hide;
    private transient @Nullable OutputStream out;
    private long left;

    private ResultFile(OutputStream out, long most, UnaryOperator<String> hide) {
        this.out = out;
        this.left = most;
        this.hide = hide;
        setName("loadstar results");
    }

    /**
     * Among the executor's artifacts.
     *
     * @param hide takes out of a row what nobody may see; called on the user's thread
     */
    static ResultFile open(UnaryOperator<String> hide) {
        return open(PATH, MOST_BYTES, hide);
    }

    /** @param most size in bytes at which it ends */
    static ResultFile open(Path path, long most, UnaryOperator<String> hide) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            var out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
            var file = new ResultFile(out, most, hide);
            file.write(CSVSaveService.printableFieldNamesToString(file.columns));
            return file;
        } catch (IOException e) {
            throw new LoadstarException(ErrorCode.NOT_READY, "The result file cannot be written: " + e, e);
        }
    }

    @Override
    public void sampleOccurred(SampleEvent event) {
        write(event, event.getResult(), 0);
    }

    private void write(SampleEvent event, SampleResult result, int depth) {
        write(CSVSaveService.resultToDelimitedString(event, result, columns, columns.getDelimiter()));
        if (depth <= DEEPEST && columns.saveSubresults()) {
            for (SampleResult part : result.getSubResults()) {
                write(event, part, depth + 1);
            }
        }
    }

    private void write(String row) {
        byte[] line = (hide.apply(row) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            OutputStream open = out;
            if (open == null) {
                return;
            }
            left -= line.length;
            if (left < 0) {
                end("it has reached its largest size");
                return;
            }
            try {
                open.write(line);
            } catch (IOException e) {
                end(e.toString());
            }
        }
    }

    private void end(String why) {
        log.warn("The result file ends here, the load goes on: {}", why);
        close();
    }

    @Override
    public synchronized void close() {
        OutputStream open = out;
        out = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            log.warn("The result file may lack its end: {}", e.toString());
        }
    }

    @Override
    public void sampleStarted(SampleEvent event) {
        // JMeter calls this for none of its own samplers.
    }

    @Override
    public void sampleStopped(SampleEvent event) {
        // JMeter calls this for none of its own samplers.
    }
}
