package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.apache.jmeter.util.JMeterUtils;

/** The folder that JMeter takes for its installation: its own configuration files as they are in its release, nothing to scan. */
final class JMeterHome {

    private static final List<String> FILES = List.of(
            "jmeter.properties",
            "saveservice.properties",
            "upgrade.properties",
            "user.properties",
            "system.properties",
            "hc.parameters",
            "jaas.conf",
            "krb5.conf");

    private JMeterHome() {}

    /** Lays the files out under {@code home} and points JMeter's statics to them, as its start script would. */
    static void open(Path home) {
        Path bin = home.resolve("bin");
        try {
            Files.createDirectories(bin);
            for (String file : FILES) {
                copy(file, bin.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lay out JMeter's home in " + home, e);
        }
        System.setProperty("JMeter.NonGui", "true");
        // Classes of JMeter's interface keep preferences, which must not land in the home folder of whoever runs this.
        System.setProperty("java.util.prefs.userRoot", home.toAbsolutePath().toString());
        JMeterUtils.setJMeterHome(home.toAbsolutePath().toString());
        JMeterUtils.loadJMeterProperties(bin.resolve("jmeter.properties").toString());
        JMeterUtils.setProperty("jmeterengine.stopfail.system.exit", "false");
        // JMeter looks at the machine's clock again every so often, and would move samples when somebody sets it.
        JMeterUtils.setProperty("sampleresult.nanoThreadSleep", Integer.toString(Integer.MAX_VALUE));
        JMeterUtils.initLocale();
    }

    private static void copy(String file, Path to) throws IOException {
        try (InputStream in = JMeterUtils.class.getResourceAsStream("/bin/" + file)) {
            if (in == null) {
                throw new IOException("JMeter's configuration lacks bin/" + file);
            }
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
