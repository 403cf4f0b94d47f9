package dev.loadstar.executor.tool;

/** Whether load may be made right now: the executor's lease on its worker. Asked before every iteration; a look at the clock, no more. */
@FunctionalInterface
public interface LoadGate {

    boolean isOpen();
}
