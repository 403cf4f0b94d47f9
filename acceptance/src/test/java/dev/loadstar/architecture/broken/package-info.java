/** One sample per rule that breaks it; never part of the product. */
package dev.loadstar.architecture.broken;
