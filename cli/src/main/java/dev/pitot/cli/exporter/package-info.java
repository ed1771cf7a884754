/// `pitot exporter`: runs the tests that Prometheus asks for and answers with what they measured.
/// The only users of picocli, so that ordinary commands do not load it.
@NullMarked
package dev.pitot.cli.exporter;

import org.jspecify.annotations.NullMarked;
