package dev.pitot.metrics.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Validated request for a probe.
///
/// @param target server to test against
/// @param profile name of an allowed profile
record ProbeRequest(ProbeTarget target, String profile) {
    private static final Set<String> PARAMETERS = Set.of("target", "profile");
    private static final double OFFSET_SECONDS = 0.5; // blackbox_exporter: --timeout-offset
    private static final double MIN_SECONDS = 1;
    private static final double DEFAULT_SECONDS = 10; // Prometheus: scrape_timeout
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Pattern SECONDS = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    /// Parses a query.
    ///
    /// @param query raw query; null if there was none
    /// @throws IllegalArgumentException if the request is invalid or not allowed; the message is
    ///     the response
    static ProbeRequest parse(@Nullable String query, ProbeOptions probeOptions) {
        Map<String, String> parameters = parameters(query == null ? "" : query);
        String target = parameters.get("target");
        if (target == null) {
            throw new IllegalArgumentException("target is missing: use /probe?target=host:port&profile=name");
        }
        return new ProbeRequest(target(target, probeOptions), profile(parameters.get("profile"), probeOptions));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (part.isEmpty()) {
                continue;
            }
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!PARAMETERS.contains(name)) {
                throw new IllegalArgumentException("unknown parameter: use target and profile");
            }
            String value =
                    URLDecoder.decode(part.substring(equals < 0 ? part.length() : equals + 1), StandardCharsets.UTF_8);
            if (parameters.put(name, value) != null) {
                throw new IllegalArgumentException(name + " is given twice");
            }
        }
        return parameters;
    }

    private static ProbeTarget target(String text, ProbeOptions probeOptions) {
        ProbeTarget target = ProbeTarget.parse(text);
        if (!probeOptions.allowed().test(target)) {
            throw new IllegalArgumentException("target is not allowed: add it to the targets that may be probed");
        }
        return target;
    }

    private static String profile(@Nullable String name, ProbeOptions probeOptions) {
        Set<String> known = probeOptions.profiles();
        if (name == null && known.size() == 1) {
            return known.iterator().next();
        }
        if (name == null || !known.contains(name)) {
            throw new IllegalArgumentException((name == null ? "profile is missing" : "unknown profile") + ": one of "
                    + String.join(", ", new TreeSet<>(known)));
        }
        return name;
    }

    /// Returns the time limit of a probe: Prometheus' scrape timeout, less the time for the
    /// response.
    ///
    /// @param timeout the header `X-Prometheus-Scrape-Timeout-Seconds`; null if there is none
    /// @param longest upper bound of the result
    /// @throws IllegalArgumentException if it is not a number of seconds, or less than 1
    static Duration deadline(@Nullable String timeout, Duration longest) {
        double seconds = timeout == null ? DEFAULT_SECONDS : seconds(timeout);
        double longestNanos = longest.toSeconds() * NANOS_PER_SECOND + longest.toNanosPart();
        return Duration.ofNanos((long) Math.min((seconds - OFFSET_SECONDS) * NANOS_PER_SECOND, longestNanos));
    }

    private static double seconds(String timeout) {
        if (SECONDS.matcher(timeout).matches()) {
            double seconds = Double.parseDouble(timeout);
            if (seconds >= MIN_SECONDS) {
                return seconds;
            }
        }
        throw new IllegalArgumentException("X-Prometheus-Scrape-Timeout-Seconds is not a number of seconds, 1 or more");
    }
}
