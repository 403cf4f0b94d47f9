/** The platform's front: REST, sign-in and the life of runs, put together for the server. */
@NullMarked
package dev.loadstar.platform;

import org.jspecify.annotations.NullMarked;
