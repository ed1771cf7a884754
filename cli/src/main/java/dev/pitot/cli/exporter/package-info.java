/// `pitot exporter`: runs the tests that Prometheus asks for and answers with what they measured.
/// Uses picocli, which ordinary commands do not load.
@NullMarked
package dev.pitot.cli.exporter;

import org.jspecify.annotations.NullMarked;
