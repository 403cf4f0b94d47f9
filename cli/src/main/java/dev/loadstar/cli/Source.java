package dev.loadstar.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** What a user hands in. */
sealed interface Source {

    String DEFINITION = "loadstar.json";

    /** Path of the definition in it. */
    String path();

    /** The definition's place as the user would name it. */
    String name();

    record Git(String url, @Nullable String ref, String path) implements Source {
        @Override
        public String name() {
            return path;
        }
    }

    /** @param shown the folder as the user wrote it */
    record Folder(Path folder, String shown, String path) implements Source {
        @Override
        public String name() {
            return Path.of(shown).resolve(path).normalize().toString();
        }
    }

    /**
     * A folder is handed in whole; of a file its folder is.
     *
     * @param path of the definition, null for the usual one
     */
    static Source of(String place, @Nullable String path) {
        var given = Path.of(place);
        if (Files.isDirectory(given)) {
            return new Folder(given.toAbsolutePath().normalize(), place, path == null ? DEFINITION : path);
        }
        if (!Files.isRegularFile(given)) {
            throw new CliError(
                    CliError.REFUSED,
                    "there is no file or folder " + place,
                    "Name a folder with a loadstar.json, a definition file, or --git URL.");
        }
        var folder = given.toAbsolutePath().normalize().getParent();
        var name = given.getFileName();
        var parent = given.getParent();
        if (folder == null || name == null) {
            throw new CliError(CliError.REFUSED, place + " cannot be handed in");
        }
        return new Folder(folder, parent == null ? "" : parent.toString(), name.toString());
    }
}
