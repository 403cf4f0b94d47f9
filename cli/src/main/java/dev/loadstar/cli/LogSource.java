package dev.loadstar.cli;

/** A process of a run that writes a log. */
sealed interface LogSource {

    /** Its path below the run. */
    String path();

    /** {@code executor 2}. */
    String name();

    record Worker() implements LogSource {
        @Override
        public String path() {
            return "worker";
        }

        @Override
        public String name() {
            return "worker";
        }
    }

    record Executor(int number) implements LogSource {
        @Override
        public String path() {
            return "executors/" + number;
        }

        @Override
        public String name() {
            return "executor " + number;
        }
    }
}
