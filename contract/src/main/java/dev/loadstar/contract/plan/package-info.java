/** The validated, immutable form of a test: what a worker carries out without asking back. */
@NullMarked
package dev.loadstar.contract.plan;

import org.jspecify.annotations.NullMarked;
