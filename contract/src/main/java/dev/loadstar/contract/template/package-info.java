/** Texts of a definition that refer to variables, secrets, data and extracted values. */
@NullMarked
package dev.loadstar.contract.template;

import org.jspecify.annotations.NullMarked;
