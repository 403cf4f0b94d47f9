/** A first definition for somebody who has none yet, from a few answers or from what a JMeter plan says. */
@NullMarked
package dev.loadstar.cli.draft;

import org.jspecify.annotations.NullMarked;
