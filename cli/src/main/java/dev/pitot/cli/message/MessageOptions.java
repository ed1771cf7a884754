package dev.pitot.cli.message;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The options of `pitot message`, described to picocli by calls: its annotations would need
/// reflection.
final class MessageOptions {
    static final String SERVE = "serve";
    static final String PING = "ping";
    static final String FLOOD = "flood";

    static final List<String> COMMANDS = List.of(SERVE, PING, FLOOD);

    static final String LISTEN = "--listen";
    static final String PROTOCOL = "--protocol";
    static final String JSON = "--json";
    static final String COUNT = "-n";
    static final String SECONDS = "-t";
    static final String INTERVAL = "-i";
    static final String RATE = "-r";
    static final String BYTES = "-s";
    static final String CHANNEL = "--channel";
    static final String SPIN = "--spin";

    private MessageOptions() {}

    static CommandLine reader() {
        CommandSpec spec = spec("pitot message", "Messages over UDP: a server that answers probes, and the probes.");
        spec.addSubcommand(SERVE, serve());
        spec.addSubcommand(PING, ping());
        spec.addSubcommand(FLOOD, flood());
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    /// The help of the command that was asked about.
    static String help(ParseResult found) {
        return found.commandSpec().commandLine().getUsageMessage(Ansi.OFF);
    }

    private static CommandSpec spec(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().sortOptions(false).description(description);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this")
                .build());
        return spec;
    }

    private static CommandSpec serve() {
        CommandSpec spec = spec(SERVE, "Answers probes until SIGINT or SIGTERM.");
        spec.addOption(text(LISTEN, "[ADDR]:PORT", "where to serve (default :5205, every address)"));
        common(spec, "(default both)");
        return spec;
    }

    private static CommandSpec ping() {
        CommandSpec spec = spec(
                PING,
                "Measures round trips. Each counts from the time at which its ping was due, whether the ones before"
                        + " were answered or not.");
        server(spec);
        spec.addOption(text(COUNT, "COUNT", "so many pings, instead of -t"));
        spec.addOption(text(SECONDS, "SECONDS", "for that time (default 10)"));
        spec.addOption(text(INTERVAL, "SECONDS", "between two pings (default 0.01)"));
        spec.addOption(text(RATE, "RATE", "pings a second, instead of -i"));
        message(spec, "unreliable");
        spec.addOption(OptionSpec.builder(SPIN)
                .description("do not sleep between pings: the lowest latency, for a whole processor")
                .build());
        common(spec, "(default both: extended if the server can)");
        return spec;
    }

    private static CommandSpec flood() {
        CommandSpec spec =
                spec(FLOOD, "Measures how many messages go one way, and what of them arrives as the server counts it.");
        server(spec);
        spec.addOption(text(SECONDS, "SECONDS", "for that time (default 10)"));
        spec.addOption(text(RATE, "RATE", "messages a second (default: as many as go)"));
        message(spec, "reliable");
        common(spec, "(default both: extended if the server can)");
        return spec;
    }

    private static void server(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("HOST[:PORT]")
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .description("where `pitot message serve` runs (default port 5205)")
                .build());
    }

    private static void message(CommandSpec spec, String channel) {
        spec.addOption(text(BYTES, "BYTES", "size of a message, 16 to 65535 (default 64)"));
        spec.addOption(choice(
                CHANNEL,
                "KIND",
                List.of("unreliable", "sequenced", "reliable", "ordered"),
                "unreliable, sequenced, reliable or ordered (default " + channel
                        + "); sequenced is not in legume's protocol"));
    }

    private static void common(CommandSpec spec, String usual) {
        spec.addOption(
                choice(PROTOCOL, "NAME", List.of("both", "legume", "extended"), "both, legume or extended " + usual));
        spec.addOption(
                OptionSpec.builder(JSON).description("print one JSON object").build());
    }

    private static OptionSpec choice(String name, String label, List<String> choices, String description) {
        return text(name, label, description).toBuilder()
                .completionCandidates(choices)
                .build();
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }
}
