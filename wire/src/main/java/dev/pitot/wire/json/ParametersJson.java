package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Extras;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A test as the client's parameter message tells it (iperf 3.21, iperf_api.c: send_parameters,
/// get_parameters).
public final class ParametersJson {
    private static final int PACING_TIMER_MICROS = 1000; // iperf.h: DEFAULT_PACING_TIMER
    private static final long DEFAULT_SECONDS = 10; // iperf.h: DURATION

    /// What iperf reads besides, and refuses if it is out of range; it has no effect here.
    private static final List<Unused> UNUSED = List.of(
            new Unused("server_affinity", 0, 1024, IperfError.SET_AFFINITY),
            new Unused("pacing_timer", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Unused("gso", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Unused("gso_dg_size", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Unused("gso_bf_size", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Unused("gro", 0, 1, IperfError.RECEIVE_PARAMETERS),
            new Unused("gro_bf_size", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Unused("flowlabel", 1, 0xfffff, IperfError.SET_FLOW_LABEL));

    private static final Set<String> KEYS = Stream.concat(
                    Stream.of(
                                    "tcp udp sctp omit time num blockcount MSS nodelay parallel reverse bidirectional",
                                    "window len bandwidth fqrate burst TOS title extra_data congestion",
                                    "get_server_output zerocopy client_version")
                            .flatMap(keys ->
                                    Stream.of(keys.toLowerCase(Locale.ROOT).split(" ", -1))),
                    UNUSED.stream().map(Unused::key))
            .collect(Collectors.toUnmodifiableSet());

    private ParametersJson() {}

    private record Unused(String key, long min, long max, IperfError error) {
        private void check(Members members) {
            long value = members.whole(key, min);
            if (value < min || value > max) {
                throw new InvalidSettingException(error);
            }
        }
    }

    /// Writes what a client sends, with iperf's keys in iperf's order. The wire has whole seconds: others
    /// are rounded up, so that no server's patience ends before the client's test does.
    public static String write(TestConfig config) {
        return Json.write(json -> {
            json.writeStartObject();
            switch (config.protocol()) {
                case TCP -> json.writeBooleanField("tcp", true);
            }
            writeLimit(json, config);
            writeStreams(json, config);
            writeExtras(json, config);
            json.writeEndObject();
        });
    }

    private static void writeLimit(JsonGenerator json, TestConfig config) throws IOException {
        json.writeNumberField("omit", wholeSeconds(config.omit()));
        json.writeNumberField("time", config.limit() instanceof Limit.ForDuration(Duration d) ? wholeSeconds(d) : 0);
        json.writeNumberField("num", config.limit() instanceof Limit.ForBytes(long bytes) ? bytes : 0);
        json.writeNumberField("blockcount", config.limit() instanceof Limit.ForBlocks(long blocks) ? blocks : 0);
    }

    private static long wholeSeconds(Duration length) {
        return length.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static void writeStreams(JsonGenerator json, TestConfig config) throws IOException {
        StreamSettings streams = config.streams();
        SocketSettings socket = streams.socket();
        Pacing pacing = streams.pacing();
        writeUnlessZero(json, "MSS", socket.mss());
        writeIfTrue(json, "nodelay", socket.noDelay());
        json.writeNumberField("parallel", streams.parallel());
        writeIfTrue(json, "reverse", config.direction() == Direction.REVERSE);
        writeIfTrue(json, "bidirectional", config.direction() == Direction.BIDIRECTIONAL);
        writeUnlessZero(json, "window", socket.windowBytes());
        json.writeNumberField("len", streams.blockBytes());
        writeUnlessZero(json, "bandwidth", pacing.target().bitsPerSecond());
        writeUnlessZero(json, "fqrate", pacing.fairQueueRate().bitsPerSecond());
        json.writeNumberField("pacing_timer", PACING_TIMER_MICROS);
        writeUnlessZero(json, "burst", pacing.burstBlocks());
        writeUnlessZero(json, "TOS", socket.tos());
    }

    private static void writeExtras(JsonGenerator json, TestConfig config) throws IOException {
        Extras extras = config.extras();
        writeUnlessNull(json, "title", extras.title());
        writeUnlessNull(json, "extra_data", extras.extraData());
        writeUnlessNull(json, "congestion", config.streams().socket().congestion());
        writeUnlessZero(json, "get_server_output", extras.serverOutput() ? 1 : 0);
        writeUnlessZero(json, "zerocopy", config.streams().zeroCopy() ? 1 : 0);
        writeUnlessNull(json, "client_version", extras.clientVersion());
    }

    private static void writeUnlessZero(JsonGenerator json, String key, long value) throws IOException {
        if (value != 0) {
            json.writeNumberField(key, value);
        }
    }

    private static void writeIfTrue(JsonGenerator json, String key, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(key, true);
        }
    }

    private static void writeUnlessNull(JsonGenerator json, String key, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }

    /// Reads what a client sent. Missing keys have iperf's defaults. What iperf 3.21 refuses is refused
    /// with the same number; older servers of iperf's accept much more.
    ///
    /// @throws InvalidSettingException with the error that the client shall be told: 114 if the text is no
    ///     JSON or a number is negative, 131 for a protocol that is not offered, else that of the setting
    ///     at fault
    public static TestConfig read(String json) {
        Members members;
        try {
            members = Members.ofDocument(json, KEYS, Members.Structures.SKIP);
        } catch (IOException e) {
            var refusal = new InvalidSettingException(IperfError.RECEIVE_PARAMETERS);
            refusal.initCause(e);
            throw refusal;
        }
        UNUSED.forEach(unused -> unused.check(members));
        return TestConfig.builder()
                .protocol(protocol(members))
                .direction(direction(members))
                .omit(Duration.ofSeconds(number(members, "omit", 0)))
                .limit(limit(members))
                .streams(streams(members))
                .extras(extras(members))
                .build();
    }

    private static Protocol protocol(Members members) {
        if (members.isTrue("udp") || members.isTrue("sctp")) { // not offered yet
            throw new InvalidSettingException(IperfError.NO_PROTOCOL);
        }
        return Protocol.TCP;
    }

    private static Direction direction(Members members) {
        if (members.isTrue("bidirectional")) {
            return Direction.BIDIRECTIONAL;
        }
        return members.isTrue("reverse") ? Direction.REVERSE : Direction.FORWARD;
    }

    private static Limit limit(Members members) {
        long seconds = number(members, "time", DEFAULT_SECONDS);
        Limit byTime = seconds == 0 ? new Limit.Endless() : new Limit.ForDuration(Duration.ofSeconds(seconds));
        long bytes = notNegative(members, "num");
        long blocks = notNegative(members, "blockcount");
        if (bytes > 0) {
            return new Limit.ForBytes(bytes);
        }
        return blocks > 0 ? new Limit.ForBlocks(blocks) : byTime;
    }

    private static StreamSettings streams(Members members) {
        var socket = new SocketSettings(
                number(members, "window", 0),
                number(members, "mss", 0),
                members.isTrue("nodelay"),
                number(members, "tos", 0),
                members.text("congestion"));
        return new StreamSettings(
                number(members, "parallel", 1),
                number(members, "len", StreamSettings.DEFAULT_TCP_BLOCK_BYTES),
                pacing(members),
                socket,
                number(members, "zerocopy", 0) != 0);
    }

    private static Pacing pacing(Members members) {
        var target = new Bitrate(notNegative(members, "bandwidth"));
        var fairQueueRate = new Bitrate(notNegative(members, "fqrate"));
        // An absent burst is fine, one of 0 is not.
        if (members.has("burst") && members.whole("burst", 0) == 0) {
            throw new InvalidSettingException(IperfError.BURST);
        }
        return new Pacing(target, number(members, "burst", 0), fairQueueRate);
    }

    private static Extras extras(Members members) {
        return new Extras(
                members.text("title"),
                members.text("extra_data"),
                members.has("get_server_output"), // any number means yes
                members.text("client_version"));
    }

    /// A number whose range the model checks; what exceeds an `int` exceeds every range.
    private static int number(Members members, String key, long ifAbsent) {
        return Math.clamp(members.whole(key, ifAbsent), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long notNegative(Members members, String key) {
        long value = members.whole(key, 0);
        if (value < 0) {
            throw new InvalidSettingException(IperfError.RECEIVE_PARAMETERS);
        }
        return value;
    }
}
