/// Targets of live metrics besides the report: files, a Pushgateway, a page for Prometheus.
@NullMarked
package dev.pitot.cli.metrics;

import org.jspecify.annotations.NullMarked;
