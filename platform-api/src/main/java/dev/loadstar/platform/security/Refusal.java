package dev.loadstar.platform.security;

import java.io.IOException;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.platform.problem.ApiProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** How the API turns callers away, in problem+json like every other error. */
final class Refusal implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        String detail = BearerFilter.isMeant(request)
                ? "The token is not known to this server"
                : "Sign in, or send a token: Authorization: Bearer <token>";
        ApiProblem.of(ErrorCode.NOT_SIGNED_IN, HttpStatus.UNAUTHORIZED.value(), detail)
                .write(response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        ApiProblem.of(ErrorCode.NOT_PERMITTED, HttpStatus.FORBIDDEN.value(), "You may not do this: " + e.getMessage())
                .write(response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        ApiProblem.of(ErrorCode.REQUEST_INVALID, HttpStatus.BAD_REQUEST.value(), "The address is not acceptable")
                .write(response);
    }
}
