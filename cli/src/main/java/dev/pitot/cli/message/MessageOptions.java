package dev.pitot.cli.message;

import static dev.pitot.cli.run.PicocliOptions.choice;
import static dev.pitot.cli.run.PicocliOptions.command;
import static dev.pitot.cli.run.PicocliOptions.flag;
import static dev.pitot.cli.run.PicocliOptions.text;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The options of `pitot message`, as [PicocliOptions] describes them.
final class MessageOptions {
    static final String SERVE = "serve";
    static final String PING = "ping";
    static final String FLOOD = "flood";

    static final List<String> COMMANDS = List.of(SERVE, PING, FLOOD);

    static final String LISTEN = "--listen";
    static final String MEMORY = "--memory";
    static final String PROTOCOL = "--protocol";
    static final String TLS_CERTIFICATE = "--tls-certificate";
    static final String TLS_KEY = "--tls-key";
    static final String TLS_PIN = "--tls-pin";
    static final String TLS_AUTHORITY = "--tls-authority";
    static final String JSON = "--json";
    static final String COUNT = "-n";
    static final String TIME = "-t";
    static final String INTERVAL = "-i";
    static final String RATE = "-r";
    static final String BYTES = "-s";
    static final String CHANNEL = "--channel";
    static final String SPIN = "--spin";

    private MessageOptions() {}

    /// Returns the command with its subcommands.
    static CommandSpec spec() {
        CommandSpec spec = command("pitot message", "Messages over UDP: a server that answers probes, and the probes.");
        spec.addSubcommand(SERVE, serve());
        spec.addSubcommand(PING, ping());
        spec.addSubcommand(FLOOD, flood());
        return spec;
    }

    private static CommandSpec serve() {
        CommandSpec spec = command(SERVE, "Answers probes until SIGINT or SIGTERM.");
        spec.addOption(text(LISTEN, "[ADDR]:PORT", "address and port to listen on (default :5205, every address)"));
        spec.addOption(text(
                MEMORY,
                "MIB",
                "memory for messages of all clients, in MiB (default 256, or a quarter of the heap if that is less)"));
        common(spec, "(default auto)");
        return spec;
    }

    private static CommandSpec ping() {
        CommandSpec spec = command(
                PING,
                "Measures round-trip times. Each counts from the time at which its ping was due, whether earlier ones"
                        + " were answered or not.");
        server(spec);
        spec.addOption(text(COUNT, "COUNT", "number of pings, instead of -t"));
        spec.addOption(text(TIME, "TIME", "duration in seconds, or with a unit like 500ms or 2m (default 10)"));
        spec.addOption(
                text(INTERVAL, "TIME", "time between two pings in seconds, or with a unit like 20ms (default 0.01)"));
        spec.addOption(text(RATE, "RATE", "pings a second, instead of -i"));
        message(spec, "unreliable");
        spec.addOption(flag(SPIN, "do not sleep between pings: the lowest latency, at the cost of a whole processor"));
        common(spec, "(default auto: extended if the server can)");
        return spec;
    }

    private static CommandSpec flood() {
        CommandSpec spec = command(
                FLOOD,
                "Measures how many messages a second go one way, and how many of them arrive as the server counts them.");
        server(spec);
        spec.addOption(text(TIME, "TIME", "duration in seconds, or with a unit like 500ms or 2m (default 10)"));
        spec.addOption(text(RATE, "RATE", "messages a second (default: as many as possible)"));
        message(spec, "reliable");
        common(spec, "(default auto: extended if the server can)");
        return spec;
    }

    private static void server(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("HOST[:PORT]")
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .description("a machine on which 'pitot message serve' runs (default port 5205)")
                .build());
    }

    private static void message(CommandSpec spec, String channel) {
        spec.addOption(text(BYTES, "BYTES", "size of a message, 16 to 65535 (default 64)"));
        spec.addOption(choice(
                CHANNEL,
                "KIND",
                List.of("unreliable", "sequenced", "reliable", "ordered"),
                "channel: unreliable, sequenced, reliable or ordered (default " + channel
                        + "); sequenced is not in legume's protocol"));
    }

    private static void common(CommandSpec spec, String usual) {
        spec.addOption(choice(
                PROTOCOL,
                "NAME",
                List.of("auto", "legume", "extended"),
                "protocol: auto, legume or extended " + usual));
        spec.addOption(text(
                TLS_CERTIFICATE, "FILE", "use DTLS; this end's certificate, then the others of its chain, in PEM"));
        spec.addOption(text(TLS_KEY, "FILE", "the private key of the certificate, in PEM (PKCS #8)"));
        spec.addOption(text(TLS_PIN, "SHA256", "use DTLS; the peer must have the public key with this fingerprint"));
        spec.addOption(text(
                TLS_AUTHORITY,
                "FILE",
                "use DTLS; one of these authorities, in PEM, must have signed the peer's certificate"));
        spec.addOption(flag(JSON, "print one JSON object"));
    }
}
