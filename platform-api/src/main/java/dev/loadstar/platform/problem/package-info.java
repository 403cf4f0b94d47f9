/** Errors as the API tells them: RFC 9457 problem+json. */
@NullMarked
package dev.loadstar.platform.problem;

import org.jspecify.annotations.NullMarked;
