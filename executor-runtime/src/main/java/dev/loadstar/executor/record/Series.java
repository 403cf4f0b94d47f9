package dev.loadstar.executor.record;

import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;

/** What is counted together within one second of an executor; its scenario is always the same. */
record Series(String stage, String label, SampleKind kind, Outcome outcome) {}
