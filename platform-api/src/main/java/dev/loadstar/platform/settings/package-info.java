/** What an operator may set, one small record per concern. */
@NullMarked
package dev.loadstar.platform.settings;

import org.jspecify.annotations.NullMarked;
