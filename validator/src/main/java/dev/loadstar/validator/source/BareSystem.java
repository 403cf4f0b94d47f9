package dev.loadstar.validator.source;

import java.io.File;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Lets JGit see no configuration of the machine or its user: what a repository gives must not depend on who serves. */
final class BareSystem extends SystemReader.Delegate {

    private BareSystem(SystemReader machine) {
        super(machine);
    }

    /** JGit would otherwise measure the clock of the file system for seconds before the first file is read. */
    static void install() {
        if (!(SystemReader.getInstance() instanceof BareSystem)) {
            FS.FileStoreAttributes.setBackground(true);
            SystemReader.setInstance(new BareSystem(SystemReader.getInstance()));
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.equals("XDG_CONFIG_HOME") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    private static final class NoConfig extends FileBasedConfig {

        NoConfig(@Nullable Config parent, FS fs) {
            super(parent, new File(File.separator + "no-git-config"), fs);
        }

        @Override
        public void load() {
            // There is nothing to load.
        }

        @Override
        public void save() {
            // JGit keeps measurements of the file system there; they are not worth a file.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
