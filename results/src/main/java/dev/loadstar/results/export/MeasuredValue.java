package dev.loadstar.results.export;

import dev.loadstar.contract.run.RunDocument.AssertionResult;

/** What an assertion found, with its unit. */
final class MeasuredValue {

    private MeasuredValue() {}

    /** {@code 43.215 ms}, {@code > 214 ms} where it lies above all that was measured, {@code no data}. */
    static String of(AssertionResult assertion) {
        Double value = assertion.value();
        if (value == null) {
            return "no data";
        }
        String above = assertion.aboveMax() ? "> " : "";
        return above
                + switch (assertion.unit()) {
                    case "ms" -> ExactNumber.of(value) + " ms";
                    case "ratio" -> ExactNumber.percent(value);
                    case "per-second" -> ExactNumber.of(value) + "/s";
                    default -> ExactNumber.of(value);
                };
    }
}
