package dev.loadstar.web;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows: who is signed in, and how figures are written. */
@ControllerAdvice(basePackageClasses = PageAdvice.class)
class PageAdvice {

    @ModelAttribute("user")
    @Nullable
    String user(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        return user == null ? null : user.getName();
    }

    @ModelAttribute("fmt")
    Figures figures() {
        return Figures.INSTANCE;
    }
}
