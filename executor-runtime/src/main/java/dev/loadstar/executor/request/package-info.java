/** Requests without a script, for every tool that can send them: what is sent, what is asked of the response, what an iteration knows. */
@NullMarked
package dev.loadstar.executor.request;

import org.jspecify.annotations.NullMarked;
