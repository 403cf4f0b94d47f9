package dev.loadstar.executor.load;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets threads that make load stand back behind the other threads of their process: the compiler, which has one thread
 * against all users and would else take ten times as long to make their code fast, heartbeats, the sender of points. With
 * {@code nice(2)}, which on Linux is about the calling thread and the threads that it makes; elsewhere nothing happens.
 * Against other processes it matters only where neither autogroups nor control groups share the processors out.
 */
public final class LoadPriority {

    /** A tenth of the weight of a thread that has not stood back. */
    private static final int STEPS = 10;

    private static final Logger log = LoggerFactory.getLogger(LoadPriority.class);
    private static final @Nullable MethodHandle NICE =
            System.getProperty("os.name").equals("Linux") ? nice() : null;

    private LoadPriority() {}

    /** Called once by the thread that stands back. */
    public static void standBack() {
        if (NICE == null) {
            return;
        }
        try {
            int _ = (int) NICE.invokeExact(STEPS);
        } catch (Throwable e) {
            throw new IllegalStateException("nice(2) takes an int and returns one", e);
        }
    }

    @SuppressWarnings("restricted") // a function of the C library that changes no memory
    private static @Nullable MethodHandle nice() {
        var linker = Linker.nativeLinker();
        var function = linker.defaultLookup().find("nice");
        if (function.isEmpty()) {
            log.warn("users keep the priority of the other threads: there is no function nice");
            return null;
        }
        return linker.downcallHandle(function.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
