package dev.loadstar.executor.script;

import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * The class path of this process, which can grow: what a script brings comes after what the executor brings, in the one
 * class loader of the application, as in an installed tool. A loader of its own would hide the script's classes and files from
 * whatever part of the tool, of a driver manager or of a plug-in looks them up by name.
 */
public final class ClassPath {

    private static final String PROPERTY = "java.class.path";

    private ClassPath() {}

    /** Adds those jars and folders that are not there yet, at the end. */
    public static synchronized void add(List<Path> jars) {
        var there = new HashSet<>(Arrays.asList(entries()));
        try {
            for (Path jar : jars) {
                String place = jar.toAbsolutePath().normalize().toString();
                if (there.add(place)) {
                    append(place);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The class path of this JVM cannot grow", e);
        }
    }

    /** By the JDK's own way for agents, because an agent itself would cost the start its archive of classes. */
    private static void append(String jar) throws ReflectiveOperationException {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        Method append = loader.getClass().getDeclaredMethod("appendToClassPathForInstrumentation", String.class);
        append.setAccessible(true);
        append.invoke(loader, jar);
        // JMeter looks for functions in jars that this property names.
        System.setProperty(PROPERTY, System.getProperty(PROPERTY) + File.pathSeparator + jar);
    }

    private static String[] entries() {
        return System.getProperty(PROPERTY).split(File.pathSeparator, -1);
    }
}
