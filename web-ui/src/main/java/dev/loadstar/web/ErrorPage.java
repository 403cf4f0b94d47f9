package dev.loadstar.web;

import java.util.UUID;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.ErrorKind;
import dev.loadstar.contract.problem.LoadstarException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;

/** What a page shows in the place of one that failed: a sentence, and an id that finds the rest in the server's log. */
@Controller
@ControllerAdvice(basePackageClasses = ErrorPage.class)
class ErrorPage implements ErrorController {

    private static final Logger log = LoggerFactory.getLogger(ErrorPage.class);
    private static final int ID_LENGTH = 8;

    /** For what a controller throws. */
    @ExceptionHandler
    String failed(Exception failure, HttpServletResponse response, Model model) {
        return show(said(failure), response, model);
    }

    /** For everything else: unknown addresses, and templates that fail. */
    @RequestMapping("/error")
    String refused(HttpServletRequest request, HttpServletResponse response, Model model) {
        var failure = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        var code = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code == null ? null : HttpStatus.resolve(code);
        return show(failure == null && status != null ? said(status) : said(failure), response, model);
    }

    private static Said said(@Nullable Throwable failure) {
        return switch (failure) {
            case LoadstarException named
            when named.code().kind() == ErrorKind.USER ->
                new Said(status(named.code()), named.code().title(), named.detail());
            case TypeMismatchException ignored -> said(HttpStatus.NOT_FOUND);
            case ErrorResponse named
            when named.getStatusCode().is4xxClientError() ->
                said(HttpStatus.valueOf(named.getStatusCode().value()));
            case null, default -> {
                String id = UUID.randomUUID().toString().substring(0, ID_LENGTH);
                log.error("Page failed, error {}", id, failure);
                yield new Said(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "This page failed",
                        "In the server's log it is error %s.".formatted(id));
            }
        };
    }

    private static HttpStatus status(ErrorCode code) {
        if (code == ErrorCode.NOT_FOUND) {
            return HttpStatus.NOT_FOUND;
        }
        return code == ErrorCode.NOT_PERMITTED ? HttpStatus.FORBIDDEN : HttpStatus.BAD_REQUEST;
    }

    private static Said said(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> new Said(status, "There is no such page", "");
            case FORBIDDEN ->
                new Said(
                        status,
                        "This was not accepted",
                        "The page was open for too long. Go back, reload it and try again.");
            default ->
                status.is4xxClientError()
                        ? new Said(status, "This was not understood", status.getReasonPhrase())
                        : said((Throwable) null);
        };
    }

    private static String show(Said said, HttpServletResponse response, Model model) {
        response.setStatus(said.status().value());
        model.addAttribute("title", said.title());
        model.addAttribute("detail", said.detail());
        return "error";
    }

    private record Said(HttpStatus status, String title, String detail) {}
}
