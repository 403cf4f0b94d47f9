package dev.loadstar.platform.run;

/** The tables that runs are made of. */
record RunTables(ProjectRows projects, RunRows runs, PlanRows plans) {}
