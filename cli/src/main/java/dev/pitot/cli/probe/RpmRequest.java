package dev.pitot.cli.probe;

import dev.pitot.probe.rpm.RpmOptions;
import dev.pitot.probe.rpm.RpmTarget;
import dev.pitot.probe.rpm.TlsTrust;

/// The request of a command line of `pitot rpm`.
sealed interface RpmRequest {
    /// Show how it is used.
    ///
    /// @param text of the help
    record Help(String text) implements RpmRequest {}

    /// Measure.
    record Run(RpmTarget target, TlsTrust trust, RpmOptions options, boolean asJson) implements RpmRequest {}
}
