package dev.loadstar.contract.problem;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The one exception of the platform: a code with its kind, a sentence for the reader, and all problems where an input has several. */
public final class LoadstarException extends RuntimeException {

    private final ErrorCode code;
    private final transient List<Problem> problems;

    public LoadstarException(ErrorCode code, String detail) {
        this(code, detail, List.of(), null);
    }

    public LoadstarException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, List.of(), cause);
    }

    public LoadstarException(ErrorCode code, String detail, List<Problem> problems) {
        this(code, detail, problems, null);
    }

    private LoadstarException(ErrorCode code, String detail, List<Problem> problems, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    public ErrorCode code() {
        return code;
    }

    /** What happened, as one sentence that can be shown to the user. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Every problem of a refused input; the exception itself as one problem where it stands alone. */
    public List<Problem> problems() {
        return problems.isEmpty() ? List.of(Problem.at("", code, detail())) : problems;
    }
}
