package dev.pitot.wire.json;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.wire.control.ProtocolExtension;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Parameters that take shape member by member: each row of [ParameterField] sets its part. What
/// several members decide together is decided at the end. Used by one thread.
final class ParametersBuilder {
    private final Set<Protocol> protocols = EnumSet.noneOf(Protocol.class);
    private final Set<Direction> directions = EnumSet.noneOf(Direction.class);
    private Duration omit = Duration.ZERO;
    private long seconds;
    private long bytes;
    private long blocks;
    private int parallel = 1;
    private @Nullable Integer blockBytes;
    private Pacing pacing = Pacing.NONE;
    private SocketSettings socket = SocketSettings.DEFAULT;
    private PayloadSettings payload = PayloadSettings.DEFAULT;
    private DatagramSettings datagrams = DatagramSettings.DEFAULT.withOffload(Offload.OFF);
    private TestMetadata metadata = TestMetadata.NONE;
    private @Nullable String authToken;
    private ProtocolExtension extension = ProtocolExtension.NONE;

    void protocol(Protocol value) {
        protocols.add(value);
    }

    void direction(Direction value) {
        directions.add(value);
    }

    void omit(Duration value) {
        omit = value;
    }

    /// @param value 0 for ever, unless bytes or blocks end the test
    void seconds(long value) {
        seconds = value;
    }

    /// @param value 0 for no such limit
    void bytes(long value) {
        bytes = value;
    }

    /// @param value 0 for no such limit
    void blocks(long value) {
        blocks = value;
    }

    void parallel(int value) {
        parallel = value;
    }

    /// @param value null for the protocol's default
    void blockBytes(@Nullable Integer value) {
        blockBytes = value;
    }

    void pacing(UnaryOperator<Pacing> change) {
        pacing = change.apply(pacing);
    }

    void socket(UnaryOperator<SocketSettings> change) {
        socket = change.apply(socket);
    }

    void payload(UnaryOperator<PayloadSettings> change) {
        payload = change.apply(payload);
    }

    void datagrams(UnaryOperator<DatagramSettings> change) {
        datagrams = change.apply(datagrams);
    }

    void metadata(UnaryOperator<TestMetadata> change) {
        metadata = change.apply(metadata);
    }

    void authToken(@Nullable String value) {
        authToken = value;
    }

    void extension(ProtocolExtension value) {
        extension = value;
    }

    Parameters build() {
        Protocol protocol = protocol();
        TestConfig test = TestConfig.builder()
                .protocol(protocol)
                .direction(direction())
                .omit(omit)
                .limit(limit())
                .streams(new StreamSettings(
                        parallel, blockBytes(protocol), pacing, socket, payload, datagrams(protocol)))
                .metadata(metadata)
                .build();
        return new Parameters(test, authToken, extension);
    }

    /// As in iperf, the last of these counts if there are several, and none means TCP.
    private Protocol protocol() {
        if (protocols.contains(Protocol.SCTP)) {
            return Protocol.SCTP;
        }
        if (protocols.contains(Protocol.UDP)) {
            return Protocol.UDP;
        }
        return protocols.contains(Protocol.MULTIPATH_TCP) ? Protocol.MULTIPATH_TCP : Protocol.TCP;
    }

    private Direction direction() {
        if (directions.contains(Direction.BIDIRECTIONAL)) {
            return Direction.BIDIRECTIONAL;
        }
        return directions.contains(Direction.REVERSE) ? Direction.REVERSE : Direction.FORWARD;
    }

    /// A time out of range is refused although bytes or blocks end the test.
    private Limit limit() {
        Limit byTime = seconds == 0 ? new Limit.Endless() : new Limit.ForDuration(Duration.ofSeconds(seconds));
        if (bytes > 0) {
            return new Limit.ForBytes(bytes);
        }
        return blocks > 0 ? new Limit.ForBlocks(blocks) : byTime;
    }

    /// Without a length UDP has 1460 bytes, where iperf takes TCP's 128 KiB and refuses them.
    private int blockBytes(Protocol protocol) {
        if (!protocol.isDatagram()) {
            return blockBytes == null ? StreamSettings.DEFAULT_TCP_BLOCK_BYTES : blockBytes;
        }
        return blockBytes == null || blockBytes == 0 ? StreamSettings.DEFAULT_UDP_BLOCK_BYTES : blockBytes;
    }

    /// Only datagrams can be offloaded.
    private DatagramSettings datagrams(Protocol protocol) {
        return protocol.isDatagram() ? datagrams : datagrams.withOffload(Offload.AUTOMATIC);
    }
}
