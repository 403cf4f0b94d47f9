/** Secrets of projects: kept sealed, handed to workers, never shown. */
@NullMarked
package dev.loadstar.platform.secret;

import org.jspecify.annotations.NullMarked;
