package dev.loadstar.architecture.broken.worker;

import org.HdrHistogram.Histogram;

/** Breaks: a histogram outside results. */
record HistogramUser(Histogram histogram) {}
