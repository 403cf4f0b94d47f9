/** Files of a commit, held by digest, so that every process gets exactly the bytes that were validated. */
@NullMarked
package dev.loadstar.contract.bundle;

import org.jspecify.annotations.NullMarked;
