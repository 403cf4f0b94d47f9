/** The server: its arguments and data directory, the list of modules it is made of, its start and its end. */
@NullMarked
package dev.loadstar.server;

import org.jspecify.annotations.NullMarked;
