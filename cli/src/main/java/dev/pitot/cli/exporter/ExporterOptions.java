package dev.pitot.cli.exporter;

import dev.pitot.cli.address.HostPort;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.metrics.http.ProbeTarget;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the exporter was told.
///
/// @param listen where it serves
/// @param profiles what tests may be asked for, by name; at least one
/// @param allowed whom they may be asked for, each as by [#comparable]; empty for anybody
/// @param atOnce how many may run together, 1 or more
/// @param longest how long one may take, whoever asks for it
record ExporterOptions(
        HostPort listen, Map<String, ClientBuilder> profiles, Set<ProbeTarget> allowed, int atOnce, Duration longest) {
    ExporterOptions {
        profiles = Map.copyOf(profiles);
        allowed = Set.copyOf(allowed);
    }

    /// The same target with its name in lower case, for names differ in no case (RFC 4343).
    static ProbeTarget comparable(ProbeTarget target) {
        return new ProbeTarget(target.host().toLowerCase(Locale.ROOT), target.port());
    }
}
