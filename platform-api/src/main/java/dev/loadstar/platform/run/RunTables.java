package dev.loadstar.platform.run;

import dev.loadstar.platform.project.Projects;

/** The tables that runs are made of. */
record RunTables(Projects projects, RunRows runs, PlanRows plans, RunSearch search) {}
