package dev.loadstar.server;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the process ends: the first Ctrl-C or SIGTERM drains the server, the second one ends it at once. */
final class Ending {

    private static final Logger log = LoggerFactory.getLogger(Ending.class);
    private static final int KILLED_BY_INTERRUPT = 130;

    private final AtomicBoolean begun = new AtomicBoolean();

    static void onSignal(Runnable drain) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("drain").unstarted(drain));
        var ending = new Ending();
        try {
            ending.watch("INT");
            ending.watch("TERM");
        } catch (ReflectiveOperationException e) {
            log.warn("A second Ctrl-C will not be seen: {}", e.toString());
        }
    }

    /**
     * The JVM's own handler is deaf to a second signal, and the JDK has no public way to see one: {@code sun.misc.Signal}
     * is in its supported module for such cases, but the compiler warns of its name.
     */
    private void watch(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours = Proxy.newProxyInstance(
                handler.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        end();
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "Ending of the server";
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    }

    private void end() {
        if (begun.compareAndSet(false, true)) {
            Thread.ofPlatform().name("end").start(() -> System.exit(0));
        } else {
            Runtime.getRuntime().halt(KILLED_BY_INTERRUPT);
        }
    }
}
