package dev.pitot.cli.exporter;

import dev.pitot.cli.address.HostPort;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.metrics.http.ProbeTarget;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Options of the exporter.
///
/// @param listen address to serve on
/// @param profiles tests that may be requested, by name; at least one
/// @param allowed targets that may be probed, each normalized by [#comparable]; empty for any
/// @param atOnce limit of concurrent probes, 1 or more
/// @param longest time limit of a probe, whatever the scrape requests
record ExporterOptions(
        HostPort listen, Map<String, ClientBuilder> profiles, Set<ProbeTarget> allowed, int atOnce, Duration longest) {
    ExporterOptions {
        profiles = Map.copyOf(profiles);
        allowed = Set.copyOf(allowed);
    }

    /// Returns the target with its host name in lower case, since names are case-insensitive (RFC
    /// 4343).
    static ProbeTarget comparable(ProbeTarget target) {
        return new ProbeTarget(target.host().toLowerCase(Locale.ROOT), target.port());
    }
}
