package dev.loadstar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Tells browsers to run our own scripts only: what a stranger named his label can then do no harm even if an escape were forgotten. */
final class ContentPolicy implements HandlerInterceptor {

    /** Style attributes are what charts place their hover texts with. */
    private static final String POLICY = "default-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "same-origin");
        return true;
    }
}
