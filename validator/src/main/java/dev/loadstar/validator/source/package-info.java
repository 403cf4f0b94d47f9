/** Files from a git repository or an upload, kept by digest as a bundle; nothing of them is run or interpreted. */
@NullMarked
package dev.loadstar.validator.source;

import org.jspecify.annotations.NullMarked;
