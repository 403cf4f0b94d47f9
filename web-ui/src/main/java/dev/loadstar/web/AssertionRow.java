package dev.loadstar.web;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import org.jspecify.annotations.Nullable;

/**
 * An assertion, ready to be shown.
 *
 * @param used share of an upper limit that is used up, in percent; null where there is none
 */
record AssertionRow(
        String text,
        String sign,
        String word,
        String tone,
        String value,
        @Nullable Integer used,
        @Nullable String detail) {

    private static final int FULL = 100;

    /** One that nothing is known about yet. */
    static AssertionRow open(String text) {
        return new AssertionRow(text, "·", "not judged yet", "idle", Figures.NOTHING, null, null);
    }

    static AssertionRow of(AssertionResult result, @Nullable AssertionPlan plan) {
        return new AssertionRow(
                result.text(),
                sign(result.status()),
                word(result.status()),
                tone(result.status()),
                (result.aboveMax() ? "> " : "") + value(result.value(), result.unit()),
                used(result.value(), plan),
                result.detail());
    }

    private static String sign(AssertionStatus status) {
        return switch (status) {
            case PASSED -> "✓";
            case WARNED -> "!";
            case FAILED, RECORDED -> "✗";
            case INVALID -> "?";
        };
    }

    private static String word(AssertionStatus status) {
        return switch (status) {
            case PASSED -> "holds";
            case WARNED -> "warns";
            case FAILED -> "does not hold";
            case RECORDED -> "does not hold, only recorded";
            case INVALID -> "cannot be judged";
        };
    }

    private static String tone(AssertionStatus status) {
        return switch (status) {
            case PASSED -> "pass";
            case WARNED -> "warn";
            case FAILED -> "fail";
            case RECORDED -> "idle";
            case INVALID -> "invalid";
        };
    }

    private static String value(@Nullable Double value, String unit) {
        Figures figures = Figures.INSTANCE;
        return switch (unit) {
            case "ms" -> figures.digits(value) + (value == null ? "" : " ms");
            case "ratio" -> figures.percent(value);
            case "count" -> figures.count(value == null ? null : Math.round(value));
            case "percent" -> figures.percent(value == null ? null : value / 100);
            case "seconds" -> figures.digits(value) + (value == null ? "" : " s");
            case "perSecond", "per-second" -> figures.digits(value) + (value == null ? "" : "/s");
            default -> figures.digits(value);
        };
    }

    private static @Nullable Integer used(@Nullable Double value, @Nullable AssertionPlan plan) {
        if (value == null || plan == null || !(plan.value() > 0)) {
            return null;
        }
        return switch (plan.op()) {
            case LT, LE -> Math.clamp(Math.round(value / plan.value() * FULL), 0, FULL);
            case GT, GE -> null;
        };
    }
}
