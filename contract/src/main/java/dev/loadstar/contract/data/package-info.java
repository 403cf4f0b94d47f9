/** How data files are read, by those who check them and by those who use their rows. */
@NullMarked
package dev.loadstar.contract.data;

import org.jspecify.annotations.NullMarked;
