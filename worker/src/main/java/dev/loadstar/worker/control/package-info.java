/** The direct line between the worker and its executors: the gRPC service of control.proto, guarded by the run's key. */
@NullMarked
package dev.loadstar.worker.control;

import org.jspecify.annotations.NullMarked;
