package dev.loadstar.cli;

import java.time.Duration;

import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.RunDocument;
import org.jspecify.annotations.Nullable;

/** How a run that is followed is shown until it is over. */
interface Display extends AutoCloseable {

    /**
     * What is known of a run at one moment.
     *
     * @param view null before the load
     * @param waited since the command began to follow it
     * @param silence of the server, null while it answers
     */
    record Moment(
            RunDocument run,
            @Nullable LiveView view,
            Duration waited,
            @Nullable Duration silence) {}

    /** Called several times a second. */
    void show(Moment moment);

    /** The run's document, whenever there is a newer one. */
    default void document(RunDocument run, String json) {}

    /** A second of load. */
    default void tick(LiveView view, String json) {}

    /** The server answers again. */
    default void back(Duration silence) {}

    /** Takes away what moved; also while the program is being ended. */
    @Override
    void close();
}
