package dev.loadstar.web;

import java.util.UUID;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.ErrorKind;
import dev.loadstar.contract.problem.LoadstarException;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What a page shows in the place of one that failed: a sentence, and an id that finds the rest in the server's log. */
@ControllerAdvice(basePackageClasses = ErrorPage.class)
class ErrorPage {

    private static final Logger log = LoggerFactory.getLogger(ErrorPage.class);
    private static final int ID_LENGTH = 8;

    @ExceptionHandler
    String failed(Exception failure, HttpServletResponse response, Model model) {
        switch (failure) {
            case LoadstarException named
            when named.code().kind() == ErrorKind.USER -> {
                HttpStatus status = named.code() == ErrorCode.NOT_FOUND ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
                answer(status, named.code().title(), named.detail(), response, model);
            }
            case ErrorResponse named
            when named.getStatusCode().is4xxClientError() ->
                answer(
                        HttpStatus.valueOf(named.getStatusCode().value()),
                        "This address is not one of ours",
                        "",
                        response,
                        model);
            default -> {
                String id = UUID.randomUUID().toString().substring(0, ID_LENGTH);
                log.error("Page failed, error {}", id, failure);
                answer(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "This page failed",
                        "In the server's log it is error " + id + ".",
                        response,
                        model);
            }
        }
        return "error";
    }

    private static void answer(
            HttpStatus status, String title, String detail, HttpServletResponse response, Model model) {
        response.setStatus(status.value());
        model.addAttribute("title", title);
        model.addAttribute("detail", detail);
    }
}
