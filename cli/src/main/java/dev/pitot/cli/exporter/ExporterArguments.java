package dev.pitot.cli.exporter;

import static dev.pitot.cli.run.PicocliOptions.list;
import static dev.pitot.cli.run.PicocliOptions.text;

import dev.pitot.cli.address.HostPort;
import dev.pitot.cli.run.PicocliOptions;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.metrics.http.EndpointLimits;
import dev.pitot.metrics.http.ProbeTarget;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The exporter's command line, as [PicocliOptions] describes it.
///
/// @param asked the options; null if only help was requested
/// @param help text to show then, else empty
record ExporterArguments(@Nullable ExporterOptions asked, String help) {
    private static final String NO_ARGUMENT = "only options are needed";
    private static final String LISTEN = "--listen";
    private static final String PROFILE = "--profile";
    private static final String ALLOW = "--allow";
    private static final String AT_ONCE = "--at-once";
    private static final String LONGEST = "--longest";

    /// The port of iperf3_exporter (prometheus/prometheus wiki: Default port allocations).
    private static final int PORT = 9579;

    private static final String EVERYWHERE = ":" + PORT;

    /// Default address if any target may be probed: not reachable from other machines.
    private static final String HERE = "127.0.0.1:" + PORT;

    private static final int MAX_AT_ONCE = EndpointLimits.DEFAULT.exchanges() / 2; // as MetricsEndpoint.start
    private static final Pattern TIME = Pattern.compile("([0-9]{1,5})([smh]?)");
    private static final Map<String, Long> SECONDS_OF_UNIT = Map.of("", 1L, "s", 1L, "m", 60L, "h", 3_600L);
    private static final Duration MAX_LONGEST = Duration.ofDays(1); // iperf.h: MAX_TIME

    /// Parses the arguments after `exporter`, and reads the files with keys and passwords that profiles
    /// name.
    ///
    /// @throws IllegalArgumentException with a message for users, if they are invalid
    static ExporterArguments read(List<String> args) {
        ParseResult found = PicocliOptions.read(spec(), args, NO_ARGUMENT, NO_ARGUMENT);
        String help = PicocliOptions.help(found);
        if (help != null) {
            return new ExporterArguments(null, help);
        }
        Set<ProbeTarget> allowed = allowed(found.matchedOptionValue(ALLOW, List.of()));
        return new ExporterArguments(
                new ExporterOptions(
                        HostPort.listening(
                                found.matchedOptionValue(LISTEN, allowed.isEmpty() ? HERE : EVERYWHERE), PORT),
                        profiles(found.matchedOptionValue(PROFILE, List.of(Profile.DEFAULT))),
                        allowed,
                        atOnce(found.matchedOptionValue(AT_ONCE, "1")),
                        longest(found.matchedOptionValue(LONGEST, "2m"))),
                "");
    }

    private static int atOnce(String text) {
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MAX_AT_ONCE) {
            throw new IllegalArgumentException(
                    "invalid value '" + text + "' for --at-once: 1 to " + MAX_AT_ONCE + " is needed");
        }
        return number;
    }

    private static Duration longest(String text) {
        Matcher parts = TIME.matcher(text);
        if (parts.matches()) {
            Duration unit = Duration.ofSeconds(Objects.requireNonNull(SECONDS_OF_UNIT.get(parts.group(2))));
            Duration time = unit.multipliedBy(Long.parseLong(parts.group(1)));
            if (time.isPositive() && time.compareTo(MAX_LONGEST) <= 0) {
                return time;
            }
        }
        throw new IllegalArgumentException(
                "invalid value '" + text + "' for --longest: a time like 30s or 2m is needed, 1 s to a day");
    }

    private static Map<String, ClientBuilder> profiles(List<String> texts) {
        Map<String, ClientBuilder> profiles = new LinkedHashMap<>();
        for (String text : texts) {
            Profile profile = Profile.parse(text);
            if (profiles.put(profile.name(), profile.client()) != null) {
                throw new IllegalArgumentException("profile " + profile.name() + " is given twice");
            }
        }
        return profiles;
    }

    private static Set<ProbeTarget> allowed(List<String> texts) {
        Set<ProbeTarget> targets = new HashSet<>();
        for (String text : texts) {
            try {
                targets.add(ExporterOptions.comparable(ProbeTarget.parse(text)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("invalid value '" + text + "' for --allow: " + e.getMessage(), e);
            }
        }
        return targets;
    }

    /// True if only help was requested.
    boolean isHelp() {
        return asked == null;
    }

    /// Returns the options. Not for requests for help.
    ExporterOptions options() {
        if (asked == null) {
            throw new IllegalStateException("only help was asked for");
        }
        return asked;
    }

    /// Description of all options.
    static CommandSpec spec() {
        CommandSpec spec = PicocliOptions.command(
                "pitot exporter",
                "Serves probes for Prometheus: /probe?target=HOST:PORT&profile=NAME runs one test against"
                        + " that server and returns its results as metrics. Ends on SIGINT or SIGTERM.");
        spec.addOption(text(
                LISTEN,
                "ADDR:PORT",
                "address to listen on; :PORT means every address (default " + HERE + ", with --allow " + EVERYWHERE
                        + ")"));
        spec.addOption(list(
                PROFILE,
                "NAME='ARGUMENTS'",
                "a test that may be requested, as an iperf3 client's arguments without -c and -p; may be repeated"
                        + " (default " + Profile.DEFAULT.replace("=", "='") + "'). Its time must fit into"
                        + " Prometheus' scrape_timeout"));
        spec.addOption(list(
                ALLOW,
                "HOST[:PORT]",
                "a target that may be probed, compared as text; may be repeated. Without a port: 5201. Without this"
                        + " option any target may be probed"));
        spec.addOption(text(
                AT_ONCE, "N", "limit of concurrent probes (default 1, at most " + MAX_AT_ONCE + "); others get 503"));
        spec.addOption(text(
                LONGEST,
                "TIME",
                "time limit of a probe, like 30s or 2m (default 2m); the timeout that a scrape requests"
                        + " can only shorten it"));
        return spec;
    }
}
