package dev.loadstar.architecture.broken.worker;

import org.springframework.context.ApplicationContext;

/** Breaks: Spring outside its modules. */
record SpringUser(ApplicationContext context) {}
