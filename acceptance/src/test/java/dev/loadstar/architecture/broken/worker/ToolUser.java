package dev.loadstar.architecture.broken.worker;

import io.gatling.core.session.Session$;
import org.apache.jmeter.testelement.TestElement;

/** Breaks: two tools outside their executors. */
record ToolUser(TestElement element, Session$ session) {}
