/** A small shop to put load on: it answers like a real one, and its own log of arrivals is the judge of what load arrived. */
@NullMarked
package dev.loadstar.demo;

import org.jspecify.annotations.NullMarked;
