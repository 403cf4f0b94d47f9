/** The one JSON mapper, so that a plan or result reads the same wherever it is written. */
@NullMarked
package dev.loadstar.contract.json;

import org.jspecify.annotations.NullMarked;
