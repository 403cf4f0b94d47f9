package dev.loadstar.web;

import java.security.Principal;

import dev.loadstar.platform.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows: who is signed in, what keeps the server from taking runs, and how figures are written. */
@ControllerAdvice(basePackageClasses = PageAdvice.class)
class PageAdvice {

    private final Runs runs;

    PageAdvice(Runs runs) {
        this.runs = runs;
    }

    @ModelAttribute("user")
    @Nullable
    String user(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        return user == null ? null : user.getName();
    }

    @ModelAttribute("lack")
    @Nullable
    String lack() {
        return runs.lack().orElse(null);
    }

    @ModelAttribute("fmt")
    Figures figures() {
        return Figures.INSTANCE;
    }
}
