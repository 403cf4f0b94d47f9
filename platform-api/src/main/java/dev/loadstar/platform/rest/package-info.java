/** REST, version 1: runs, their live view, timeline and logs. */
@NullMarked
package dev.loadstar.platform.rest;

import org.jspecify.annotations.NullMarked;
