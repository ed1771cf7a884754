package dev.pitot.cli.message;

import dev.pitot.cli.address.HostPort;
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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the command line of `pitot message`.
final class MessageArguments {
    private static final String COMMAND_NEEDED = "serve, ping or flood is needed";
    private static final String SERVER_MISSING = "the server is missing: HOST, HOST:PORT or [ADDR]:PORT is needed";
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private MessageArguments() {}

    /// Reads what stands behind `message`.
    ///
    /// @throws IllegalArgumentException with a sentence, if it asks for nothing that can be done
    static MessageRequest read(List<String> args) {
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

    /// What to type behind the program's name for help on such a line.
    static String help(List<String> args) {
        boolean isOne = !args.isEmpty() && MessageOptions.COMMANDS.contains(args.getFirst());
        return "message " + (isOne ? args.getFirst() + " " : "") + "--help";
    }

    private static MessageRequest serve(ParseResult found) {
        String listen = found.matchedOptionValue(MessageOptions.LISTEN, ":" + EchoServer.DEFAULT_PORT);
        return new MessageRequest.Serve(
                HostPort.listening(listen, EchoServer.DEFAULT_PORT),
                protocol(found, true),
                memoryBytes(found),
                isJson(found));
    }

    private static long memoryBytes(ParseResult found) {
        String memory = found.matchedOptionValue(MessageOptions.MEMORY, (String) null);
        if (memory == null) {
            return ServerLimits.DEFAULT_MEMORY_BYTES;
        }
        BigDecimal number = number(MessageOptions.MEMORY, memory, BigDecimal.ONE, BigDecimal.valueOf(1_048_576));
        return number.multiply(MEBIBYTE).longValue();
    }

    private static MessageRequest ping(ParseResult found) {
        refuseBoth(found, MessageOptions.COUNT, MessageOptions.SECONDS);
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

    private static MessageRequest flood(ParseResult found) {
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
        String count = found.matchedOptionValue(MessageOptions.COUNT, (String) null);
        if (count == null) {
            return new ProbeLimit.Time(length(found));
        }
        BigDecimal number = number(MessageOptions.COUNT, count, BigDecimal.ONE, BigDecimal.valueOf(Integer.MAX_VALUE));
        return new ProbeLimit.Count(whole(MessageOptions.COUNT, count, number));
    }

    private static Duration length(ParseResult found) {
        String seconds = found.matchedOptionValue(MessageOptions.SECONDS, "10");
        BigDecimal most = BigDecimal.valueOf(Duration.ofDays(366).toSeconds());
        return duration(number(MessageOptions.SECONDS, seconds, new BigDecimal("0.001"), most));
    }

    /// Between two messages; null if nothing is said.
    private static @Nullable Duration interval(ParseResult found) {
        String rate = found.matchedOptionValue(MessageOptions.RATE, (String) null);
        if (rate != null) {
            BigDecimal number =
                    number(MessageOptions.RATE, rate, new BigDecimal("0.001"), BigDecimal.valueOf(100_000_000));
            return duration(BigDecimal.ONE.divide(number, 9, RoundingMode.HALF_UP));
        }
        String interval = found.commandSpec().findOption(MessageOptions.INTERVAL) == null
                ? null
                : found.matchedOptionValue(MessageOptions.INTERVAL, (String) null);
        if (interval == null) {
            return null;
        }
        return duration(
                number(MessageOptions.INTERVAL, interval, new BigDecimal("0.000001"), BigDecimal.valueOf(3600)));
    }

    private static int bytes(ParseResult found) {
        String bytes = found.matchedOptionValue(MessageOptions.BYTES, "64");
        BigDecimal number = number(
                MessageOptions.BYTES,
                bytes,
                BigDecimal.valueOf(PingPlan.MIN_BYTES),
                BigDecimal.valueOf(PingPlan.MAX_BYTES));
        return whole(MessageOptions.BYTES, bytes, number);
    }

    private static int whole(String option, String text, BigDecimal number) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "invalid value '" + text + "' for " + option + ": a whole number is needed", e);
        }
    }

    private static BigDecimal number(String option, String text, BigDecimal least, BigDecimal most) {
        try {
            // Letters of an exponent could stand for a number of any size.
            BigDecimal number = text.length() > 20 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0
                    ? least.subtract(BigDecimal.ONE)
                    : new BigDecimal(text);
            if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
                return number;
            }
        } catch (NumberFormatException _) { // said below
        }
        throw new IllegalArgumentException("invalid value '" + text + "' for " + option + ": a number of "
                + least.toPlainString() + " to " + most.toPlainString() + " is needed");
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofNanos(seconds.multiply(NANOS).longValue());
    }

    private static boolean isJson(ParseResult found) {
        return found.hasMatchedOption(MessageOptions.JSON);
    }

    private static ProtocolOptions protocol(ParseResult found, boolean isServer) {
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

    /// What a channel is called here.
    static String name(Channel channel) {
        return switch (channel.kind()) {
            case UNRELIABLE -> "unreliable";
            case UNRELIABLE_SEQUENCED -> "sequenced";
            case RELIABLE -> "reliable";
            case RELIABLE_ORDERED -> "ordered";
        };
    }
}
