/// The folder of results: raw lines, parsed series, summaries, the log.
@NullMarked
package dev.pitot.lab.results;

import org.jspecify.annotations.NullMarked;
