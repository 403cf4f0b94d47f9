package dev.loadstar.contract.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an input.
 *
 * @param pointer RFC 6901 pointer into the definition, "" for the whole of it
 * @param code the {@linkplain ErrorCode#slug() slug} of its {@link ErrorCode}
 * @param message one sentence that says what is wrong, without the pointer
 * @param hint what to do about it, where one is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String pointer,
        String code,
        String message,
        @Nullable String hint) {

    public static Problem at(String pointer, ErrorCode code, String message) {
        return new Problem(pointer, code.slug(), message, null);
    }

    public static Problem at(String pointer, ErrorCode code, String message, String hint) {
        return new Problem(pointer, code.slug(), message, hint);
    }
}
