/** The pages: what a person sees of runs, made on the server and kept moving by small scripts. */
@NullMarked
package dev.loadstar.web;

import org.jspecify.annotations.NullMarked;
