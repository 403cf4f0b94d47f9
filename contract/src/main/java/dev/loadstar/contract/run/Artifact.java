package dev.loadstar.contract.run;

/**
 * A file that an executor left for people, such as its tool's own result file.
 *
 * @param name unique in the run
 * @param bytes so far, while the run goes on
 */
public record Artifact(String name, int executor, long bytes) {

    /** The folder in an executor's working directory in which it leaves them. */
    public static final String FOLDER = "artifacts";
}
