package dev.pitot.cli.probe;

import static dev.pitot.cli.run.PicocliOptions.choice;
import static dev.pitot.cli.run.PicocliOptions.command;
import static dev.pitot.cli.run.PicocliOptions.flag;
import static dev.pitot.cli.run.PicocliOptions.text;

import dev.pitot.cli.address.HostPort;
import dev.pitot.cli.run.OptionValues;
import dev.pitot.cli.run.PicocliOptions;
import dev.pitot.command.Environment;
import dev.pitot.command.file.SecretFile;
import dev.pitot.probe.stamp.ReflectorPlan;
import dev.pitot.probe.stamp.StampKey;
import dev.pitot.probe.stamp.StampOptions;
import dev.pitot.probe.stamp.StampPlan;
import dev.pitot.probe.stamp.StampTimeFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The command line of `pitot stamp`: its description and its reading.
final class StampArguments {
    private static final String NEEDED = "HOST, HOST:PORT or [ADDR]:PORT, or --reflect is needed";
    private static final String COUNT = "--count";
    private static final String INTERVAL = "--interval";
    private static final String TIMEOUT = "--timeout";
    private static final String DSCP = "--dscp";
    private static final String REFLECT = "--reflect";
    private static final String LISTEN = "--listen";
    private static final String STATELESS = "--stateless";
    private static final String RATE = "--rate";
    private static final String FORMAT = "--format";
    private static final String KEY_FILE = "--key-file";
    private static final String SYNCHRONIZED = "--clock-error";
    private static final String JSON = "--json";
    private static final List<String> OF_SENDER = List.of(COUNT, INTERVAL, TIMEOUT, DSCP);
    private static final List<String> OF_REFLECTOR = List.of(LISTEN, STATELESS, RATE);
    private static final int MAX_DSCP = 63;
    private static final int MAX_RATE = 1_000_000;

    private StampArguments() {}

    /// Returns the description of the command.
    static CommandSpec spec() {
        CommandSpec spec = command(
                "pitot stamp",
                "Measures round trips, the loss of each direction and how one-way delay changes, by STAMP (RFC 8762);"
                        + " with --reflect, answers such packets.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("HOST[:PORT]")
                .index("0")
                .arity("0..1")
                .type(String.class)
                .description("a reflector of STAMP or TWAMP Light (default port 862)")
                .build());
        spec.addOption(both("-c", COUNT, "COUNT", "number of packets (default 100)"));
        spec.addOption(both(
                "-i",
                INTERVAL,
                "TIME",
                "time between two packets in seconds, or with a unit like 20ms" + " (default 0.1)"));
        spec.addOption(both("-w", TIMEOUT, "TIME", "how long to wait for the last answers (default 1)"));
        spec.addOption(text(DSCP, "VALUE", "differentiated services code point of packets, 0 to 63 (default 0)"));
        spec.addOption(flag(REFLECT, "answer packets until SIGINT or SIGTERM"));
        spec.addOption(text(LISTEN, "[ADDR]:PORT", "with --reflect: where to listen (default :862, every address)"));
        spec.addOption(flag(
                STATELESS,
                "with --reflect: repeat the sender's numbers instead of counting, so that loss has no direction"));
        spec.addOption(text(
                RATE, "RATE", "with --reflect: most answers a second to one address (default 2000); ten times to all"));
        spec.addOption(choice(
                FORMAT, "NAME", List.of("ntp", "ptp"), "timestamps that this end writes: ntp or ptp (default ntp)"));
        spec.addOption(text(
                SYNCHRONIZED,
                "TIME",
                "this machine's clock is synchronized, and off by so much at most (default: not synchronized)"));
        spec.addOption(text(
                KEY_FILE,
                "FILE",
                "authenticated packets; the key is the file's first line (or the variable " + StampKeySource.VARIABLE
                        + ")"));
        spec.addOption(flag(JSON, "print one JSON object"));
        return spec;
    }

    private static OptionSpec both(String letter, String name, String label, String description) {
        return OptionSpec.builder(letter, name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /// Reads the arguments after `stamp`.
    ///
    /// @throws IllegalArgumentException with a sentence, if it asks for nothing that can be done
    /// @throws IOException with a sentence, if the key's file cannot be used
    static StampTask read(List<String> args, Environment environment) throws IOException {
        ParseResult found = PicocliOptions.read(spec(), args, NEEDED, NEEDED);
        String help = PicocliOptions.help(found);
        if (help != null) {
            return new StampTask.Help(help);
        }
        boolean isReflector = found.hasMatchedOption(REFLECT);
        refuse(found, isReflector ? OF_SENDER : OF_REFLECTOR, isReflector);
        String host = found.matchedPositionalValue(0, "");
        if (host.isEmpty() != isReflector) {
            throw new IllegalArgumentException(
                    isReflector ? "--reflect has no HOST: --listen says where to listen" : NEEDED);
        }
        StampOptions options = options(found, environment);
        boolean asJson = found.hasMatchedOption(JSON);
        String file = found.matchedOptionValue(KEY_FILE, (String) null);
        String warning = file == null ? null : SecretFile.warning("key", file).orElse(null);
        return isReflector
                ? new StampTask.Reflect(listening(found), reflector(found, options), asJson, warning)
                : new StampTask.Send(HostPort.server(host, StampOptions.PORT), plan(found, options), asJson, warning);
    }

    private static void refuse(ParseResult found, List<String> others, boolean isReflector) {
        Stream<String> given = others.stream().filter(found::hasMatchedOption);
        given.findFirst().ifPresent(option -> {
            throw new IllegalArgumentException(
                    option + (isReflector ? " is for senders: leave out --reflect" : " needs --reflect"));
        });
    }

    private static HostPort listening(ParseResult found) {
        return HostPort.listening(found.matchedOptionValue(LISTEN, ":" + StampOptions.PORT), StampOptions.PORT);
    }

    private static ReflectorPlan reflector(ParseResult found, StampOptions options) {
        ReflectorPlan usual = ReflectorPlan.DEFAULT;
        boolean keepsCount = !found.hasMatchedOption(STATELESS);
        BigDecimal rate = OptionValues.number(found, RATE, "1", MAX_RATE);
        int perSource = rate == null ? usual.perSource() : OptionValues.whole(RATE, rate);
        int total = rate == null ? usual.total() : perSource * (usual.total() / usual.perSource());
        return new ReflectorPlan(keepsCount, perSource, total, options);
    }

    private static StampPlan plan(ParseResult found, StampOptions options) {
        StampPlan usual = StampPlan.DEFAULT;
        Duration least = Duration.ofMillis(1);
        BigDecimal count = OptionValues.number(found, COUNT, "1", Integer.MAX_VALUE - 1L);
        Duration interval = OptionValues.time(found, INTERVAL, least, Duration.ofHours(1));
        Duration timeout = OptionValues.time(found, TIMEOUT, least, Duration.ofMinutes(1));
        BigDecimal dscp = OptionValues.number(found, DSCP, "0", MAX_DSCP);
        return new StampPlan(
                count == null ? usual.count() : OptionValues.whole(COUNT, count),
                Objects.requireNonNullElse(interval, usual.interval()),
                Objects.requireNonNullElse(timeout, usual.timeout()),
                dscp == null ? usual.dscp() : OptionValues.whole(DSCP, dscp),
                options);
    }

    private static StampOptions options(ParseResult found, Environment environment) throws IOException {
        Duration error = OptionValues.time(found, SYNCHRONIZED, Duration.ofNanos(1000), Duration.ofHours(1));
        StampKey key = StampKeySource.read(found.matchedOptionValue(KEY_FILE, (String) null), environment);
        return new StampOptions(format(found), key, error);
    }

    private static StampTimeFormat format(ParseResult found) {
        String name = found.matchedOptionValue(FORMAT, "ntp");
        return switch (name) {
            case "ntp" -> StampTimeFormat.NTP;
            case "ptp" -> StampTimeFormat.PTP;
            default ->
                throw new IllegalArgumentException("invalid value '" + name + "' for --format: ntp or ptp is needed");
        };
    }
}
