package dev.loadstar.platform.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The body of every error of the API.
 *
 * @param type URN of the {@link ErrorCode}
 * @param code its slug
 * @param kind whose move it is: user, tool, capacity or internal
 * @param problems everything that is wrong with the input
 * @param run number of the run that was refused
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApiProblem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String kind,
        List<Problem> problems,
        @Nullable Integer run) {

    public static ApiProblem of(ErrorCode code, int status, String detail) {
        return of(code, status, detail, List.of());
    }

    public static ApiProblem of(ErrorCode code, int status, String detail, List<Problem> problems) {
        String kind = code.kind().name().toLowerCase(Locale.ROOT);
        return new ApiProblem(code.urn(), code.title(), status, detail, code.slug(), kind, problems, null);
    }

    public static ApiProblem of(LoadstarException e) {
        return of(e.code(), status(e.code()), e.detail(), e.problems());
    }

    /** Input that was understood and refused, under the name of its first problem. */
    public static ApiProblem refused(List<Problem> problems, @Nullable Integer run) {
        ErrorCode code = problems.stream()
                .map(Problem::code)
                .map(ApiProblem::code)
                .findFirst()
                .orElse(ErrorCode.REQUEST_INVALID);
        String detail = problems.size() == 1 ? problems.getFirst().message() : problems.size() + " problems";
        ApiProblem problem = of(code, HttpStatus.UNPROCESSABLE_CONTENT.value(), detail, problems);
        return new ApiProblem(
                problem.type, problem.title, problem.status, detail, problem.code, problem.kind, problems, run);
    }

    private static ErrorCode code(String slug) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.slug().equals(slug)) {
                return code;
            }
        }
        return ErrorCode.REQUEST_INVALID;
    }

    private static int status(ErrorCode code) {
        HttpStatus status = switch (code) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case NOT_SIGNED_IN -> HttpStatus.UNAUTHORIZED;
            case NOT_PERMITTED -> HttpStatus.FORBIDDEN;
            case RUN_OVER, NOT_RUNNING, NO_BASELINE, EXISTS_ALREADY -> HttpStatus.CONFLICT;
            case REQUEST_INVALID -> HttpStatus.BAD_REQUEST;
            default ->
                switch (code.kind()) {
                    case USER, TOOL -> HttpStatus.UNPROCESSABLE_CONTENT;
                    case CAPACITY -> HttpStatus.SERVICE_UNAVAILABLE;
                    case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
                };
        };
        return status.value();
    }

    /** Writes itself where nothing else has been written yet. */
    public void write(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(Json.write(this).getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
