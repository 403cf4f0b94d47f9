package dev.loadstar.architecture.broken.worker;

/** Breaks: a name that does not say what the class is. */
record RunManager() {}
