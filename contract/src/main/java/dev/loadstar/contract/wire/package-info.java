/** Messages between processes: the generated protobuf classes, topic names and the signature of records. */
@NullMarked
package dev.loadstar.contract.wire;

import org.jspecify.annotations.NullMarked;
