package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Extras;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.wire.control.ProtocolExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parameter message of the client (iperf 3.21, iperf_api.c: send_parameters, get_parameters).
public final class ParametersJson {
    private static final long DEFAULT_SECONDS = 10; // iperf.h: DURATION
    private static final int OFFLOAD_BYTES = 65_507; // iperf.h: GSO_BF_MAX_SIZE, GRO_BF_MAX_SIZE
    private static final int MAX_OFFLOAD_DATAGRAMS = 128; // iperf.h: GSO_MAX_DG_IN_BF

    /// Ranges that iperf checks but the model cannot, because the value has no effect here or the
    /// model's 0 means absent.
    private static final List<Bounds> BOUNDS = List.of(
            new Bounds("pacing_timer", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Bounds("burst", 1, Long.MAX_VALUE, IperfError.BURST),
            new Bounds("gso", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Bounds("gso_dg_size", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Bounds("gso_bf_size", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Bounds("gro", 0, 1, IperfError.RECEIVE_PARAMETERS),
            new Bounds("gro_bf_size", 0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            new Bounds("flowlabel", 1, 0xfffff, IperfError.SET_FLOW_LABEL));

    private static final Set<String> KEYS = Stream.concat(
                    Stream.of(
                                    "tcp udp sctp omit server_affinity time num blockcount MSS nodelay parallel",
                                    "reverse bidirectional mptcp window len bandwidth fqrate TOS title extra_data",
                                    "congestion get_server_output udp_counters_64bit repeating_payload zerocopy",
                                    "dont_fragment authtoken skip_rx_copy client_version",
                                    ProtocolExtension.KEY)
                            .flatMap(keys ->
                                    Stream.of(keys.toLowerCase(Locale.ROOT).split(" ", -1))),
                    BOUNDS.stream().map(Bounds::key))
            .collect(Collectors.toUnmodifiableSet());

    private ParametersJson() {}

    private record Bounds(String key, long min, long max, IperfError error) {
        private void check(Members members) {
            long value = members.whole(key, min);
            if (value < min || value > max) {
                throw new InvalidSettingException(error);
            }
        }
    }

    /// Writes the parameters of an iperf client, see [#write(Parameters)].
    ///
    /// @param authToken encrypted identity of the client, see [dev.pitot.wire.auth.AuthToken#seal];
    ///     null for none
    public static String write(TestConfig config, @Nullable String authToken) {
        return write(new Parameters(config, authToken, ProtocolExtension.NONE));
    }

    /// Writes a client's parameters, with iperf's keys in iperf's order, followed by Pitot's.
    /// Durations are sent in whole seconds, rounded up so that no server times out before the
    /// client's test has ended.
    public static String write(Parameters parameters) {
        TestConfig config = parameters.test();
        return Json.write(json -> {
            json.writeStartObject();
            json.writeBooleanField(key(config.protocol()), true);
            writeLimit(json, config);
            writeConnections(json, config);
            writePace(json, config);
            writeMarks(json, config);
            writeExtras(json, config, parameters.authToken());
            writeUnlessZero(json, ProtocolExtension.KEY, parameters.extension().version());
            json.writeEndObject();
        });
    }

    private static String key(Protocol protocol) {
        return switch (protocol) {
            case TCP, MULTIPATH_TCP -> "tcp";
            case UDP -> "udp";
            case SCTP -> "sctp";
        };
    }

    private static void writeLimit(JsonGenerator json, TestConfig config) throws IOException {
        Integer core = config.extras().serverCore();
        json.writeNumberField("omit", config.omit().toSeconds());
        if (core != null) {
            json.writeNumberField("server_affinity", core);
        }
        json.writeNumberField("time", config.limit() instanceof Limit.ForDuration(Duration d) ? wholeSeconds(d) : 0);
        json.writeNumberField("num", config.limit() instanceof Limit.ForBytes(long bytes) ? bytes : 0);
        json.writeNumberField("blockcount", config.limit() instanceof Limit.ForBlocks(long blocks) ? blocks : 0);
    }

    private static long wholeSeconds(Duration length) {
        return length.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static void writeConnections(JsonGenerator json, TestConfig config) throws IOException {
        StreamSettings streams = config.streams();
        SocketSettings socket = streams.socket();
        writeUnlessZero(json, "MSS", socket.mss());
        writeIfTrue(json, "nodelay", socket.noDelay());
        json.writeNumberField("parallel", streams.parallel());
        writeIfTrue(json, "reverse", config.direction() == Direction.REVERSE);
        writeIfTrue(json, "bidirectional", config.direction() == Direction.BIDIRECTIONAL);
        writeIfTrue(json, "mptcp", config.protocol() == Protocol.MULTIPATH_TCP);
        writeUnlessZero(json, "window", socket.windowBytes());
        writeUnlessZero(json, "len", streams.blockBytes());
    }

    private static void writePace(JsonGenerator json, TestConfig config) throws IOException {
        Pacing pacing = config.streams().pacing();
        writeUnlessZero(json, "bandwidth", pacing.target().bitsPerSecond());
        writeUnlessZero(json, "fqrate", pacing.fairQueueRate().bitsPerSecond());
        writeUnlessZero(json, "pacing_timer", pacing.timerMicros());
        writeUnlessZero(json, "burst", pacing.burstBlocks());
        if (config.protocol().isDatagram()) {
            writeOffload(json, config.streams());
        }
    }

    /// Only whole datagrams, and no more of them than a kernel segments at once. iperf does not
    /// apply the second limit if a length is given (`-l`), and then its server cannot send.
    private static void writeOffload(JsonGenerator json, StreamSettings streams) throws IOException {
        boolean isOn = streams.datagrams().offload();
        int known = streams.blockBytes() == 0 ? StreamSettings.DEFAULT_UDP_BLOCK_BYTES : streams.blockBytes();
        int datagrams = Math.min(OFFLOAD_BYTES / known, MAX_OFFLOAD_DATAGRAMS);
        json.writeNumberField("gso", isOn ? 1 : 0);
        json.writeNumberField("gso_dg_size", isOn ? known : 0);
        json.writeNumberField("gso_bf_size", isOn ? datagrams * known : OFFLOAD_BYTES);
        json.writeNumberField("gro", isOn ? 1 : 0);
        json.writeNumberField("gro_bf_size", OFFLOAD_BYTES);
    }

    private static void writeMarks(JsonGenerator json, TestConfig config) throws IOException {
        SocketSettings socket = config.streams().socket();
        writeUnlessZero(json, "TOS", socket.tos());
        writeUnlessZero(json, "flowlabel", socket.flowLabel());
        writeUnlessNull(json, "title", config.extras().title());
        writeUnlessNull(json, "extra_data", config.extras().extraData());
        writeUnlessNull(json, "congestion", socket.congestion());
    }

    private static void writeExtras(JsonGenerator json, TestConfig config, @Nullable String authToken)
            throws IOException {
        PayloadSettings payload = config.streams().payload();
        DatagramSettings datagrams = config.streams().datagrams();
        writeOneIfTrue(json, "get_server_output", config.extras().serverOutput());
        writeOneIfTrue(json, "udp_counters_64bit", datagrams.wideCounters());
        writeOneIfTrue(json, "repeating_payload", payload.repeating());
        writeOneIfTrue(json, "zerocopy", payload.zeroCopy());
        writeOneIfTrue(json, "dont_fragment", datagrams.dontFragment());
        writeUnlessNull(json, "authtoken", authToken);
        writeOneIfTrue(json, "skip_rx_copy", payload.skipReceiveCopy());
        writeUnlessNull(json, "client_version", config.extras().clientVersion());
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

    private static void writeOneIfTrue(JsonGenerator json, String key, boolean value) throws IOException {
        writeUnlessZero(json, key, value ? 1 : 0);
    }

    private static void writeUnlessNull(JsonGenerator json, String key, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }

    /// Reads a client's parameters. Missing keys have the defaults of iperf's server, so a missing
    /// rate means no limit for any protocol; only UDP without a length is read as 1460 bytes, where
    /// iperf uses TCP's 128 KiB and rejects them. Values that iperf 3.21 rejects are rejected with
    /// the same number; older iperf servers accept much more.
    ///
    /// @throws InvalidSettingException with the error to send to the client: 114 if the text is not
    ///     JSON or a number is negative, otherwise the error of the invalid setting
    public static Parameters read(String json) {
        Members members;
        try {
            members = Members.ofDocument(json, KEYS, Members.Structures.SKIP);
        } catch (IOException e) {
            var refusal = new InvalidSettingException(IperfError.RECEIVE_PARAMETERS);
            refusal.initCause(e);
            throw refusal;
        }
        BOUNDS.forEach(bounds -> bounds.check(members));
        Protocol protocol = protocol(members);
        TestConfig test = TestConfig.builder()
                .protocol(protocol)
                .direction(direction(members))
                .omit(Duration.ofSeconds(number(members, "omit", 0)))
                .limit(limit(members))
                .streams(streams(members, protocol))
                .extras(extras(members))
                .build();
        var extension = ProtocolExtension.agreed(members.whole(ProtocolExtension.KEY, 0));
        return new Parameters(test, members.text("authtoken"), extension);
    }

    /// As in iperf, the last of these wins if there are several, and none means TCP.
    private static Protocol protocol(Members members) {
        if (members.isTrue("sctp")) {
            return Protocol.SCTP;
        }
        if (members.isTrue("udp")) {
            return Protocol.UDP;
        }
        return members.isTrue("mptcp") ? Protocol.MULTIPATH_TCP : Protocol.TCP;
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

    private static StreamSettings streams(Members members, Protocol protocol) {
        var socket = new SocketSettings(
                number(members, "window", 0),
                number(members, "mss", 0),
                members.isTrue("nodelay"),
                number(members, "tos", 0),
                members.text("congestion"),
                number(members, "flowlabel", 0));
        var payload = new PayloadSettings(
                members.has("repeating_payload"), // any number means true
                isNotZero(members, "zerocopy"),
                isNotZero(members, "skip_rx_copy"));
        return new StreamSettings(
                number(members, "parallel", 1),
                blockBytes(members, protocol),
                pacing(members),
                socket,
                payload,
                datagrams(members, protocol));
    }

    private static int blockBytes(Members members, Protocol protocol) {
        if (!protocol.isDatagram()) {
            return number(members, "len", StreamSettings.DEFAULT_TCP_BLOCK_BYTES);
        }
        int length = number(members, "len", 0);
        return length == 0 ? StreamSettings.DEFAULT_UDP_BLOCK_BYTES : length;
    }

    private static DatagramSettings datagrams(Members members, Protocol protocol) {
        boolean wantsOffload = isNotZero(members, "gso") || isNotZero(members, "gro");
        return new DatagramSettings(
                members.has("udp_counters_64bit"), // any number means true
                isNotZero(members, "dont_fragment"),
                protocol.isDatagram() && wantsOffload);
    }

    private static Pacing pacing(Members members) {
        long timer = members.whole("pacing_timer", 0);
        return new Pacing(
                new Bitrate(notNegative(members, "bandwidth")),
                number(members, "burst", 0),
                new Bitrate(notNegative(members, "fqrate")),
                timer == 0 ? Pacing.DEFAULT_TIMER_MICROS : timer); // iperf's clients omit a 0
    }

    private static Extras extras(Members members) {
        return new Extras(
                members.text("title"),
                members.text("extra_data"),
                members.has("get_server_output"), // any number means true
                members.text("client_version"),
                members.has("server_affinity") ? number(members, "server_affinity", 0) : null);
    }

    private static boolean isNotZero(Members members, String key) {
        return members.whole(key, 0) != 0;
    }

    /// Returns a number whose range is checked by the model; values beyond an `int` exceed every
    /// range.
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
