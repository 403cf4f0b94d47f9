/** Who may come in: the local administrator, tokens for the API, links that sign in once. */
@NullMarked
package dev.loadstar.platform.security;

import org.jspecify.annotations.NullMarked;
