package dev.pitot.wire.json;

import static dev.pitot.wire.json.ParameterField.always;
import static dev.pitot.wire.json.ParameterField.count;
import static dev.pitot.wire.json.ParameterField.number;
import static dev.pitot.wire.json.ParameterField.one;
import static dev.pitot.wire.json.ParameterField.presence;
import static dev.pitot.wire.json.ParameterField.rate;
import static dev.pitot.wire.json.ParameterField.text;
import static dev.pitot.wire.json.ParameterField.truth;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.ProbeSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.wire.control.ProtocolExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Parameter message of the client (iperf 3.21, iperf_api.c: send_parameters, get_parameters).
public final class ParametersJson {
    private static final long DEFAULT_SECONDS = 10; // iperf.h: DURATION
    private static final int OFFLOAD_BYTES = 65_507; // iperf.h: GSO_BF_MAX_SIZE, GRO_BF_MAX_SIZE
    private static final int MAX_OFFLOAD_DATAGRAMS = 128; // iperf.h: GSO_MAX_DG_IN_BF
    private static final int MAX_FLOW_LABEL = 0xfffff; // 20 bits (RFC 8200, 3)

    private static final List<ParameterField> FIELDS = List.of(
            truth("tcp", test -> protocolKey(test).equals("tcp"), (_, _) -> {}),
            truth("udp", test -> protocolKey(test).equals("udp"), protocol(Protocol.UDP)),
            truth("sctp", test -> protocolKey(test).equals("sctp"), protocol(Protocol.SCTP)),
            always("omit", 0, test -> test.omit().toSeconds(), (to, value) -> to.omit(Duration.ofSeconds(value))),
            serverAffinity(),
            always("time", DEFAULT_SECONDS, ParametersJson::seconds, (to, value) -> to.seconds(value)),
            count(
                    "num",
                    test -> test.limit() instanceof Limit.ForBytes(long bytes) ? bytes : 0,
                    (to, value) -> to.bytes(value)),
            count(
                    "blockcount",
                    test -> test.limit() instanceof Limit.ForBlocks(long blocks) ? blocks : 0,
                    (to, value) -> to.blocks(value)),
            number("MSS", test -> test.streams().socket().mss(), (to, value) -> to.socket(old -> old.withMss(value))),
            truth(
                    "nodelay",
                    test -> test.streams().socket().noDelay(),
                    (to, value) -> to.socket(old -> old.withNoDelay(value))),
            always("parallel", 1, test -> test.streams().parallel(), (to, value) -> to.parallel(value)),
            truth("reverse", test -> test.direction() == Direction.REVERSE, direction(Direction.REVERSE)),
            truth(
                    "bidirectional",
                    test -> test.direction() == Direction.BIDIRECTIONAL,
                    direction(Direction.BIDIRECTIONAL)),
            truth("mptcp", test -> test.protocol() == Protocol.MULTIPATH_TCP, protocol(Protocol.MULTIPATH_TCP)),
            number(
                    "window",
                    test -> test.streams().socket().windowBytes(),
                    (to, value) -> to.socket(old -> old.withWindowBytes(value))),
            blockBytes(),
            rate(
                    "bandwidth",
                    test -> test.streams().pacing().target().bitsPerSecond(),
                    (to, value) -> to.pacing(old -> old.withTarget(new Bitrate(value)))),
            rate(
                    "fqrate",
                    test -> test.streams().pacing().fairQueueRate().bitsPerSecond(),
                    (to, value) -> to.pacing(old -> old.withFairQueueRate(new Bitrate(value)))),
            pacingTimer().within(0, Long.MAX_VALUE, IperfError.RECEIVE_PARAMETERS),
            number(
                            "burst",
                            test -> test.streams().pacing().burstBlocks(),
                            (to, value) -> to.pacing(old -> old.withBurstBlocks(value)))
                    .within(1, Long.MAX_VALUE, IperfError.BURST),
            offload("gso", streams -> streams.usesOffload() ? 1 : 0, true, Long.MAX_VALUE),
            offload(
                    "gso_dg_size",
                    streams -> streams.usesOffload() ? knownBlockBytes(streams) : 0,
                    false,
                    Long.MAX_VALUE),
            offload("gso_bf_size", ParametersJson::offloadBufferBytes, false, Long.MAX_VALUE),
            offload("gro", streams -> streams.usesOffload() ? 1 : 0, true, 1),
            offload("gro_bf_size", _ -> OFFLOAD_BYTES, false, Long.MAX_VALUE),
            number("TOS", test -> test.streams().socket().tos(), (to, value) -> to.socket(old -> old.withTos(value))),
            number(
                            "flowlabel",
                            test -> test.streams().socket().flowLabel(),
                            (to, value) -> to.socket(old -> old.withFlowLabel(value)))
                    .within(1, MAX_FLOW_LABEL, IperfError.SET_FLOW_LABEL),
            text(
                    "title",
                    parameters -> parameters.test().metadata().title(),
                    (to, value) -> to.metadata(old -> old.withTitle(value))),
            text(
                    "extra_data",
                    parameters -> parameters.test().metadata().extraData(),
                    (to, value) -> to.metadata(old -> old.withExtraData(value))),
            text(
                    "congestion",
                    parameters -> parameters.test().streams().socket().congestion(),
                    (to, value) -> to.socket(old -> old.withCongestion(value))),
            presence(
                    "get_server_output",
                    test -> test.metadata().serverOutput(),
                    (to, value) -> to.metadata(old -> old.withServerOutput(value))),
            presence(
                    "udp_counters_64bit",
                    test -> test.streams().datagrams().wideCounters(),
                    (to, value) -> to.datagrams(old -> old.withWideCounters(value))),
            presence(
                    "repeating_payload",
                    test -> test.streams().payload().repeating(),
                    (to, value) -> to.payload(old -> old.withRepeating(value))),
            one(
                    "zerocopy",
                    test -> test.streams().payload().zeroCopy(),
                    (to, value) -> to.payload(old -> old.withZeroCopy(value))),
            one(
                    "dont_fragment",
                    test -> test.streams().datagrams().dontFragment(),
                    (to, value) -> to.datagrams(old -> old.withDontFragment(value))),
            text("authtoken", Parameters::authToken, (to, value) -> to.authToken(value)),
            one(
                    "skip_rx_copy",
                    test -> test.streams().payload().skipReceiveCopy(),
                    (to, value) -> to.payload(old -> old.withSkipReceiveCopy(value))),
            text(
                    "client_version",
                    parameters -> parameters.test().metadata().clientVersion(),
                    (to, value) -> to.metadata(old -> old.withClientVersion(value))),
            extension(),
            probe());

    private static final Set<String> KEYS =
            FIELDS.stream().map(ParameterField::lowerKey).collect(Collectors.toUnmodifiableSet());

    private ParametersJson() {}

    /// Writes what a client of iperf's sends, see [#write(Parameters)].
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
        return Json.write(json -> {
            json.writeStartObject();
            for (ParameterField field : FIELDS) {
                field.writer().write(json, parameters);
            }
            json.writeEndObject();
        });
    }

    /// Reads what a client sent. Missing keys have the defaults of iperf's server, so a missing
    /// rate is no limit whatever the protocol; only UDP without a length is read as 1460 bytes,
    /// where iperf takes TCP's 128 KiB and refuses them. What iperf 3.21 refuses is refused with
    /// the same number; older servers of iperf's accept much more.
    ///
    /// @throws InvalidSettingException with the error to send to the client: 114 if the text is not
    ///     JSON or a number is negative, otherwise the error of the invalid setting
    public static Parameters read(String json) {
        JsonObjectReader jsonObjectReader;
        try {
            jsonObjectReader = JsonObjectReader.ofDocument(json, KEYS, JsonObjectReader.Structures.SKIP);
        } catch (IOException e) {
            var refusal = new InvalidSettingException(IperfError.RECEIVE_PARAMETERS);
            refusal.initCause(e);
            throw refusal;
        }
        var draft = new ParametersBuilder();
        for (ParameterField field : FIELDS) {
            field.reader().read(jsonObjectReader, draft);
        }
        return draft.build();
    }

    private static String protocolKey(TestConfig test) {
        return switch (test.protocol()) {
            case TCP, MULTIPATH_TCP -> "tcp";
            case UDP -> "udp";
            case SCTP -> "sctp";
        };
    }

    private static BiConsumer<ParametersBuilder, Boolean> protocol(Protocol protocol) {
        return (to, isThis) -> {
            if (isThis) {
                to.protocol(protocol);
            }
        };
    }

    private static BiConsumer<ParametersBuilder, Boolean> direction(Direction direction) {
        return (to, isThis) -> {
            if (isThis) {
                to.direction(direction);
            }
        };
    }

    private static long seconds(TestConfig test) {
        return test.limit() instanceof Limit.ForDuration(Duration length)
                ? length.plusSeconds(1).minusNanos(1).toSeconds()
                : 0;
    }

    /// Core 0 is a core: only its absence is none.
    private static ParameterField serverAffinity() {
        String key = "server_affinity";
        return new ParameterField(
                key,
                (json, parameters) -> {
                    Integer core = parameters.test().metadata().serverCore();
                    if (core != null) {
                        json.writeNumberField(key, core);
                    }
                },
                (jsonObjectReader, to) -> {
                    if (jsonObjectReader.has(key)) {
                        int core = Math.clamp(jsonObjectReader.whole(key, 0), Integer.MIN_VALUE, Integer.MAX_VALUE);
                        to.metadata(old -> old.withServerCore(core));
                    }
                });
    }

    /// A length of 0 is one, and its absence the protocol's default.
    private static ParameterField blockBytes() {
        ParameterField number = number("len", test -> test.streams().blockBytes(), (to, value) -> to.blockBytes(value));
        return new ParameterField(number.key(), number.writer(), (jsonObjectReader, to) -> {
            if (jsonObjectReader.has(number.key())) {
                number.reader().read(jsonObjectReader, to);
            }
        });
    }

    /// iperf's clients leave a 0 out.
    private static ParameterField pacingTimer() {
        return rate(
                "pacing_timer",
                test -> test.streams().pacing().timerMicros(),
                (to, value) -> to.pacing(old -> new Pacing(
                        old.target(),
                        old.burstBlocks(),
                        old.fairQueueRate(),
                        value == 0 ? Pacing.DEFAULT_TIMER_MICROS : value)));
    }

    /// A number about datagrams that the kernel cuts and joins, which only tests of datagrams have.
    ///
    /// @param isWish whether any number but 0 asks for it
    private static ParameterField offload(String key, ToLongFunction<StreamSettings> from, boolean isWish, long max) {
        return new ParameterField(
                        key,
                        (json, parameters) -> {
                            if (parameters.test().protocol().isDatagram()) {
                                json.writeNumberField(
                                        key, from.applyAsLong(parameters.test().streams()));
                            }
                        },
                        (jsonObjectReader, to) -> {
                            if (isWish && jsonObjectReader.whole(key, 0) != 0) {
                                to.datagrams(old -> old.withOffload(Offload.ON));
                            }
                        })
                .within(0, max, IperfError.RECEIVE_PARAMETERS);
    }

    private static int knownBlockBytes(StreamSettings streams) {
        return streams.blockBytes() == 0 ? StreamSettings.DEFAULT_UDP_BLOCK_BYTES : streams.blockBytes();
    }

    /// Whole datagrams only, and no more of them than a kernel cuts at once. iperf forgets the
    /// latter where the length is given (`-l`), and then its server cannot send.
    private static int offloadBufferBytes(StreamSettings streams) {
        int known = knownBlockBytes(streams);
        int datagrams = Math.min(OFFLOAD_BYTES / known, MAX_OFFLOAD_DATAGRAMS);
        return streams.usesOffload() ? datagrams * known : OFFLOAD_BYTES;
    }

    private static ParameterField extension() {
        String key = ProtocolExtension.KEY;
        return new ParameterField(
                key,
                (json, parameters) -> {
                    int version = parameters.extension().version();
                    if (version != 0) {
                        json.writeNumberField(key, version);
                    }
                },
                (jsonObjectReader, to) -> to.extension(ProtocolExtension.agreed(jsonObjectReader.whole(key, 0))));
    }

    /// Pitot's own, which only an offer of the extension comes with.
    private static ParameterField probe() {
        String key = "pitot_probe";
        return new ParameterField(
                key,
                (json, parameters) -> {
                    int perSecond = parameters.test().metadata().probe().perSecond();
                    if (parameters.extension().hasEcho() && perSecond != 0) {
                        json.writeNumberField(key, perSecond);
                    }
                },
                (jsonObjectReader, to) -> {
                    long perSecond = jsonObjectReader.whole(key, 0);
                    to.metadata(old -> old.withProbe(
                            ProbeSettings.NONE.withPerSecond(Math.clamp(perSecond, 0, ProbeSettings.MAX_PER_SECOND))));
                });
    }
}
