/** Asks a tool what it finds in a script, in a process of its own: strangers' files are never parsed in the server. */
@NullMarked
package dev.loadstar.validator.inspection;

import org.jspecify.annotations.NullMarked;
