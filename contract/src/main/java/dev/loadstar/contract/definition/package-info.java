/** The test definition's own vocabulary: units and the schema. */
@NullMarked
package dev.loadstar.contract.definition;

import org.jspecify.annotations.NullMarked;
