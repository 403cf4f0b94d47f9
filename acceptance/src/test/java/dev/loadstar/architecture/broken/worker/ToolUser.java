package dev.loadstar.architecture.broken.worker;

import org.apache.jmeter.testelement.TestElement;

/** Breaks: a tool outside its executor. */
record ToolUser(TestElement element) {}
