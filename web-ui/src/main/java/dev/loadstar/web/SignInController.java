package dev.loadstar.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The sign-in page; what is sent from it is checked before any controller. */
@Controller
class SignInController {

    @GetMapping("/login")
    String form() {
        return "login";
    }
}
