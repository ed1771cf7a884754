package dev.pitot.cli.message;

import dev.pitot.cli.address.HostPort;
import dev.pitot.cli.run.OptionValues;
import dev.pitot.cli.run.PicocliOptions;
import dev.pitot.message.Protection;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.ServerLimits;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.probe.EchoServer;
import dev.pitot.message.probe.FloodPlan;
import dev.pitot.message.probe.PingPlan;
import dev.pitot.message.probe.ProbeLimit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the command line of `pitot message`.
final class MessageArguments {
    private static final String COMMAND_NEEDED = "serve, ping or flood is needed";
    private static final String SERVER_MISSING = "the server is missing: HOST, HOST:PORT or [ADDR]:PORT is needed";
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);

    private MessageArguments() {}

    /// Reads the arguments after `message`.
    ///
    /// @throws IllegalArgumentException with a sentence, if it asks for nothing that can be done
    /// @throws IOException with a sentence, if a file that it names cannot be used
    static MessageRequest read(List<String> args) throws IOException {
        ParseResult found = PicocliOptions.read(MessageOptions.spec(), args, COMMAND_NEEDED, SERVER_MISSING);
        ParseResult chosen = PicocliOptions.chosen(found);
        String help = PicocliOptions.help(found);
        if (help != null) {
            return new MessageRequest.Help(help);
        }
        return switch (chosen.commandSpec().name()) {
            case MessageOptions.SERVE -> serve(chosen);
            case MessageOptions.PING -> ping(chosen);
            case MessageOptions.FLOOD -> flood(chosen);
            default -> throw new IllegalArgumentException(COMMAND_NEEDED);
        };
    }

    /// Returns the arguments that print help on such a command line.
    static String help(List<String> args) {
        boolean isOne = !args.isEmpty() && MessageOptions.COMMANDS.contains(args.getFirst());
        return "message " + (isOne ? args.getFirst() + " " : "") + "--help";
    }

    private static MessageRequest serve(ParseResult found) throws IOException {
        String listen = found.matchedOptionValue(MessageOptions.LISTEN, ":" + EchoServer.DEFAULT_PORT);
        return new MessageRequest.Serve(
                HostPort.listening(listen, EchoServer.DEFAULT_PORT),
                protocol(found, true),
                memoryBytes(found),
                isJson(found));
    }

    private static long memoryBytes(ParseResult found) {
        BigDecimal memory = OptionValues.number(found, MessageOptions.MEMORY, "1", 1_048_576);
        return memory == null
                ? ServerLimits.DEFAULT_MEMORY_BYTES
                : memory.multiply(MEBIBYTE).longValue();
    }

    private static MessageRequest ping(ParseResult found) throws IOException {
        refuseBoth(found, MessageOptions.COUNT, MessageOptions.TIME);
        refuseBoth(found, MessageOptions.INTERVAL, MessageOptions.RATE);
        Duration interval = interval(found);
        var plan = new PingPlan(
                channel(found, PingPlan.DEFAULT.channel()),
                bytes(found),
                interval == null ? PingPlan.DEFAULT.interval() : interval,
                limit(found),
                found.hasMatchedOption(MessageOptions.SPIN));
        return new MessageRequest.Pings(server(found), plan, protocol(found, false), isJson(found));
    }

    private static MessageRequest flood(ParseResult found) throws IOException {
        var plan = new FloodPlan(
                channel(found, FloodPlan.DEFAULT.channel()), bytes(found), length(found), interval(found));
        return new MessageRequest.Floods(server(found), plan, protocol(found, false), isJson(found));
    }

    private static void refuseBoth(ParseResult found, String one, String other) {
        if (found.hasMatchedOption(one) && found.hasMatchedOption(other)) {
            throw new IllegalArgumentException(one + " and " + other + " exclude each other: give one of them");
        }
    }

    private static HostPort server(ParseResult found) {
        return HostPort.server(found.matchedPositionalValue(0, ""), EchoServer.DEFAULT_PORT);
    }

    private static ProbeLimit limit(ParseResult found) {
        BigDecimal count = OptionValues.number(found, MessageOptions.COUNT, "1", Integer.MAX_VALUE);
        return count == null
                ? new ProbeLimit.Time(length(found))
                : new ProbeLimit.Count(OptionValues.whole(MessageOptions.COUNT, count));
    }

    private static Duration length(ParseResult found) {
        Duration length = OptionValues.time(found, MessageOptions.TIME, Duration.ofMillis(1), Duration.ofDays(366));
        return length == null ? FloodPlan.DEFAULT.length() : length;
    }

    /// Returns the time between two messages; null if the command line does not say it.
    private static @Nullable Duration interval(ParseResult found) {
        BigDecimal rate = OptionValues.number(found, MessageOptions.RATE, "0.001", 100_000_000);
        if (rate != null) {
            return OptionValues.duration(BigDecimal.ONE.divide(rate, 9, RoundingMode.HALF_UP));
        }
        return OptionValues.time(found, MessageOptions.INTERVAL, Duration.ofNanos(1000), Duration.ofHours(1));
    }

    private static int bytes(ParseResult found) {
        String least = String.valueOf(PingPlan.MIN_BYTES);
        BigDecimal bytes = OptionValues.number(found, MessageOptions.BYTES, least, PingPlan.MAX_BYTES);
        return bytes == null ? PingPlan.DEFAULT.bytes() : OptionValues.whole(MessageOptions.BYTES, bytes);
    }

    private static boolean isJson(ParseResult found) {
        return found.hasMatchedOption(MessageOptions.JSON);
    }

    private static ProtocolOptions protocol(ParseResult found, boolean isServer) throws IOException {
        ProtocolOptions plain = ProtocolOptions.DEFAULT.with(mode(found));
        Protection.Dtls dtls = DtlsArguments.read(found, isServer);
        if (dtls == null) {
            return plain;
        }
        if (plain.mode() != ProtocolMode.EXTENDED && found.hasMatchedOption(MessageOptions.PROTOCOL)) {
            throw new IllegalArgumentException("only the extended protocol has TLS: leave --protocol out");
        }
        return plain.withDtls(dtls);
    }

    private static ProtocolMode mode(ParseResult found) {
        String protocol = found.matchedOptionValue(MessageOptions.PROTOCOL, "auto");
        return switch (protocol) {
            case "auto", "both" -> ProtocolMode.AUTO; // "both" is what it was called first
            case "legume" -> ProtocolMode.LEGUME;
            case "extended" -> ProtocolMode.EXTENDED;
            default ->
                throw new IllegalArgumentException(
                        "invalid value '" + protocol + "' for --protocol: auto, legume or extended is needed");
        };
    }

    private static Channel channel(ParseResult found, Channel usual) {
        String name = found.matchedOptionValue(MessageOptions.CHANNEL, name(usual));
        for (Channel.Kind kind : Channel.Kind.values()) {
            var channel = new Channel(kind, 0);
            if (name(channel).equals(name)) {
                if (kind == Channel.Kind.UNRELIABLE_SEQUENCED && mode(found) == ProtocolMode.LEGUME) {
                    throw new IllegalArgumentException(
                            "legume's protocol has no sequenced channel: choose another --channel or --protocol");
                }
                return channel;
            }
        }
        throw new IllegalArgumentException(
                "invalid value '" + name + "' for --channel: unreliable, sequenced, reliable or ordered is needed");
    }

    /// Returns the name of a channel on the command line.
    static String name(Channel channel) {
        return switch (channel.kind()) {
            case UNRELIABLE -> "unreliable";
            case UNRELIABLE_SEQUENCED -> "sequenced";
            case RELIABLE -> "reliable";
            case RELIABLE_ORDERED -> "ordered";
        };
    }
}
