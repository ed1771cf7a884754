package dev.pitot.model.result;

import dev.pitot.model.config.Endpoint;
import org.jspecify.annotations.Nullable;

/// Result of the TCP connections to a named target beside a test. Their round trips are in [Latency].
///
/// @param target server that was named
/// @param idle connections tried before the load, and those of them that failed within a second
/// @param loaded connections tried during the load, without its beginning, and those that failed
/// @param failure why there were none, as a sentence; null if they could be tried
public record TargetReport(
        Endpoint target,
        EchoReport.Count idle,
        EchoReport.Count loaded,
        @Nullable String failure) {}
