/// `pitot exporter`: runs the tests that Prometheus requests and returns their results. Uses picocli,
/// which other commands do not load.
@NullMarked
package dev.pitot.cli.exporter;

import org.jspecify.annotations.NullMarked;
