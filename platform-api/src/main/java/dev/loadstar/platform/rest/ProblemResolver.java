package dev.loadstar.platform.rest;

import java.io.IOException;
import java.util.Optional;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.platform.problem.ApiProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers every failed request of the API with problem+json, whether or not a controller was found for it, and leaves
 * pages alone. That is why it is no controller advice: an advice cannot tell a page's unknown address from the API's.
 */
final class ProblemResolver implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (!isApi(request)) {
            return null;
        }
        try {
            if (!isGone(e)) {
                answer(request, e, response);
            }
        } catch (IOException gone) {
            log.debug("The caller of {} is gone: {}", request.getRequestURI(), gone.toString());
        }
        return new ModelAndView();
    }

    static boolean isApi(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith("/api/") || path.startsWith("/schema/") || path.equals("/healthz");
    }

    /** Nobody is there any more to be answered. */
    private static boolean isGone(Exception e) {
        return e instanceof AsyncRequestNotUsableException;
    }

    private static void answer(HttpServletRequest request, Exception e, HttpServletResponse response)
            throws IOException {
        ApiProblem problem = problem(e);
        if (problem.status() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        }
        if (e instanceof ErrorResponse known) {
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        problem.write(response);
    }

    private static ApiProblem problem(Exception e) {
        return switch (e) {
            case LoadstarException known -> ApiProblem.of(known);
            case ErrorResponse known -> ofStatus(known.getStatusCode().value(), detail(known));
            case TypeMismatchException mismatch ->
                ofStatus(
                        HttpStatus.BAD_REQUEST.value(),
                        "%s cannot be %s".formatted(mismatch.getPropertyName(), mismatch.getValue()));
            case HttpMessageNotReadableException unreadable ->
                ofStatus(HttpStatus.BAD_REQUEST.value(), "The request has no body that can be read");
            default -> ApiProblem.of(ErrorCode.INTERNAL_ERROR, 500, "The request failed; the server's log says why");
        };
    }

    private static String detail(ErrorResponse error) {
        return Optional.ofNullable(error.getBody().getDetail()).orElse("The request cannot be answered");
    }

    private static ApiProblem ofStatus(int status, String detail) {
        ErrorCode code = switch (status) {
            case 401 -> ErrorCode.NOT_SIGNED_IN;
            case 403 -> ErrorCode.NOT_PERMITTED;
            case 404 -> ErrorCode.NOT_FOUND;
            default -> status < 500 ? ErrorCode.REQUEST_INVALID : ErrorCode.INTERNAL_ERROR;
        };
        return ApiProblem.of(code, status, detail);
    }
}
