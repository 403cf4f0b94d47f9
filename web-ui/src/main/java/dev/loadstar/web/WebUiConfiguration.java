package dev.loadstar.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything of this module, for the server to import. */
@Configuration(proxyBeanMethods = false)
@Import({
    SignInController.class,
    ProjectsController.class,
    RunsController.class,
    NewRunController.class,
    RunController.class,
    ErrorPage.class,
    PageAdvice.class
})
public class WebUiConfiguration {}
