package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Test parameters agreed by both ends: exactly the content of the client's parameter message.
///
/// @param protocol transport protocol of the data streams
/// @param direction sending end
/// @param limit end condition
/// @param omit warm-up before the measured part (`-O`), 0..600 s in whole seconds
/// @param streams number of streams and their settings
/// @param metadata metadata that does not change what is measured
public record TestConfig(
        Protocol protocol,
        Direction direction,
        Limit limit,
        Duration omit,
        StreamSettings streams,
        TestMetadata metadata) {
    private static final Duration MAX_OMIT = Duration.ofSeconds(600); // iperf.h: MAX_OMIT_TIME
    private static final int MIN_UDP_BLOCK_BYTES = 16; // iperf.h: MIN_UDP_BLOCKSIZE, the longest header
    private static final int MAX_UDP_BLOCK_BYTES = 65_507; // iperf.h: MAX_UDP_BLOCKSIZE, IPv4 limit

    /// @throws InvalidSettingException (errors 7, 12, 20) if the warm-up is out of range, or the
    ///     protocol cannot carry blocks of this length
    /// @throws IllegalArgumentException if the warm-up has a fraction of a second
    public TestConfig {
        Objects.requireNonNull(protocol, "protocol is null");
        Objects.requireNonNull(direction, "direction is null");
        Objects.requireNonNull(limit, "limit is null");
        Objects.requireNonNull(streams, "streams is null");
        Objects.requireNonNull(metadata, "metadata is null");
        requireOmit(omit);
        int block = streams.blockBytes();
        if (protocol == Protocol.UDP) {
            if (block != 0 && (block < MIN_UDP_BLOCK_BYTES || block > MAX_UDP_BLOCK_BYTES)) {
                throw new InvalidSettingException(IperfError.UDP_BLOCK_SIZE);
            }
        } else if (block == 0) {
            throw new InvalidSettingException(IperfError.BLOCK_SIZE);
        }
    }

    private static void requireOmit(Duration omit) {
        Objects.requireNonNull(omit, "omit is null");
        if (omit.isNegative() || omit.compareTo(MAX_OMIT) > 0) {
            throw new InvalidSettingException(IperfError.OMIT);
        }
        // Only whole seconds are sent to the server, and both ends must omit the same time.
        if (!omit.equals(Duration.ofSeconds(omit.toSeconds()))) {
            throw new IllegalArgumentException("omit is not in whole seconds: " + omit);
        }
    }

    /// Returns a builder with iperf's defaults: TCP, the client sends, 10 s, one stream, blocks of
    /// 128 KiB, no rate limit.
    public static Builder builder() {
        return new Builder();
    }

    /// Returns a builder initialized with this test's settings.
    public Builder toBuilder() {
        return new Builder(this);
    }

    /// Returns this test with blocks of the default length if none is set: UDP datagrams of the
    /// control connection's segment size, which fits the path.
    ///
    /// @param controlMss MSS of the control connection in bytes; 0 if unknown
    public TestConfig withBlocksFor(int controlMss) {
        if (streams.blockBytes() != 0) {
            return this;
        }
        int fitting = controlMss == 0
                ? StreamSettings.DEFAULT_UDP_BLOCK_BYTES
                : Math.clamp(controlMss, MIN_UDP_BLOCK_BYTES, MAX_UDP_BLOCK_BYTES);
        return toBuilder().blockBytes(fitting).build();
    }

    /// Total number of data connections.
    public int streamCount() {
        return streams.parallel() * direction.streamSets();
    }

    /// True if the client sends, alone or in both directions.
    public boolean hasClientSenders() {
        return direction != Direction.REVERSE;
    }

    /// Collects settings one by one; each is checked when it is set, with the same bounds as on the
    /// command line. Settings that are not set have iperf's default for the protocol. Not
    /// thread-safe.
    public static final class Builder {
        private static final Duration DEFAULT_LENGTH = Duration.ofSeconds(10); // iperf.h: DURATION
        private static final Bitrate DEFAULT_UDP_RATE = new Bitrate(1024 * 1024); // iperf.h: UDP_RATE

        private Protocol protocol = Protocol.TCP;
        private Direction direction = Direction.FORWARD;
        private Limit limit = new Limit.ForDuration(DEFAULT_LENGTH);
        private Duration omit = Duration.ZERO;
        private StreamSettings streams = StreamSettings.DEFAULT;
        private TestMetadata metadata = TestMetadata.NONE;
        private boolean hasBlockBytes;
        private boolean hasRate;

        private Builder() {}

        private Builder(Builder other) {
            protocol = other.protocol;
            direction = other.direction;
            limit = other.limit;
            omit = other.omit;
            streams = other.streams;
            metadata = other.metadata;
            hasBlockBytes = other.hasBlockBytes;
            hasRate = other.hasRate;
        }

        private Builder(TestConfig config) {
            protocol = config.protocol;
            direction = config.direction;
            limit = config.limit;
            omit = config.omit;
            streams = config.streams;
            metadata = config.metadata;
            // values equal to the protocol's defaults count as not set, and follow a change of
            // protocol
            hasBlockBytes = streams.blockBytes() != defaultBlockBytes();
            hasRate = !streams.pacing().target().equals(defaultRate());
        }

        /// Returns an independent copy of this builder.
        public Builder copy() {
            return new Builder(this);
        }

        /// Sets the transport protocol. Unless they are set, the block length and the rate depend
        /// on it: UDP sends at 1 Mbit/s (1048576 bit/s), all others without a limit.
        public Builder protocol(Protocol value) {
            protocol = Objects.requireNonNull(value, "protocol is null");
            return this;
        }

        /// Sets the sending end.
        public Builder direction(Direction value) {
            direction = Objects.requireNonNull(value, "direction is null");
            return this;
        }

        /// Sets the end condition.
        public Builder limit(Limit value) {
            limit = Objects.requireNonNull(value, "limit is null");
            return this;
        }

        /// Sets the warm-up before the measured part.
        ///
        /// @param value 0..600 s in whole seconds
        public Builder omit(Duration value) {
            requireOmit(value);
            omit = value;
            return this;
        }

        /// Sets all stream settings at once; the rate and the block length count as set.
        public Builder streams(StreamSettings value) {
            streams = Objects.requireNonNull(value, "streams is null");
            hasBlockBytes = true;
            hasRate = true;
            return this;
        }

        /// Sets the streams per direction, 1..128.
        public Builder parallel(int value) {
            return replace(value, streams.blockBytes(), streams.pacing(), streams.socket());
        }

        /// Sets the bytes per system call or datagram.
        ///
        /// @param value 1..1 MiB, for UDP 16..65507; 0 for the protocol's default
        public Builder blockBytes(int value) {
            hasBlockBytes = value != 0;
            return replace(streams.parallel(), value, streams.pacing(), streams.socket());
        }

        /// Sets the send rate of each stream, with all its settings.
        ///
        /// @param value its `fairQueueRate` unlimited or at least 8 bit/s, its `timerMicros` at most
        ///     2^31 - 1
        public Builder pacing(Pacing value) {
            Objects.requireNonNull(value, "pacing is null");
            requireKernelRate(value.fairQueueRate());
            requireTimer(value.timerMicros());
            hasRate = true;
            return replace(streams.parallel(), streams.blockBytes(), value, streams.socket());
        }

        /// Sets the target rate of each stream, checked after every block.
        public Builder bitrate(Bitrate value) {
            return pacing(streams.pacing().withTarget(value).withBurstBlocks(0));
        }

        /// Sets the rate enforced by the kernel, per stream.
        ///
        /// @param value unlimited or at least 8 bit/s, since the kernel counts in bytes
        public Builder fairQueueRate(Bitrate value) {
            Pacing pacing = streams.pacing().withFairQueueRate(value);
            requireKernelRate(value);
            return replace(streams.parallel(), streams.blockBytes(), pacing, streams.socket());
        }

        /// Sets the interval at which a server before iperf 3.18 checks the rate.
        ///
        /// @param value 0..2^31 - 1, in microseconds
        public Builder pacingTimerMicros(long value) {
            requireTimer(value);
            Pacing old = streams.pacing();
            var pacing = new Pacing(old.target(), old.burstBlocks(), old.fairQueueRate(), value);
            return replace(streams.parallel(), streams.blockBytes(), pacing, streams.socket());
        }

        private static void requireKernelRate(Bitrate rate) {
            if (!rate.isUnlimited() && rate.bitsPerSecond() < Byte.SIZE) {
                throw new IllegalArgumentException(
                        "fairQueueRate below 8 bit/s, use 0 for no limit: " + rate.bitsPerSecond());
            }
        }

        private static void requireTimer(long micros) {
            if (micros < 0 || micros > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("timerMicros not in 0.." + Integer.MAX_VALUE + ": " + micros);
            }
        }

        /// Sets the options of each data socket, at both ends.
        public Builder socket(SocketSettings value) {
            return replace(streams.parallel(), streams.blockBytes(), streams.pacing(), value);
        }

        /// Sets the payload of blocks and how it is copied.
        public Builder payload(PayloadSettings value) {
            streams = new StreamSettings(
                    streams.parallel(),
                    streams.blockBytes(),
                    streams.pacing(),
                    streams.socket(),
                    value,
                    streams.datagrams());
            return this;
        }

        /// Sets whether senders use sendfile.
        public Builder zeroCopy(boolean value) {
            return payload(streams.payload().withZeroCopy(value));
        }

        /// Sets the UDP settings.
        public Builder datagrams(DatagramSettings value) {
            streams = new StreamSettings(
                    streams.parallel(),
                    streams.blockBytes(),
                    streams.pacing(),
                    streams.socket(),
                    streams.payload(),
                    value);
            return this;
        }

        private Builder replace(int parallel, int blockBytes, Pacing pacing, SocketSettings socket) {
            streams = new StreamSettings(parallel, blockBytes, pacing, socket, streams.payload(), streams.datagrams());
            return this;
        }

        /// Sets the metadata.
        public Builder metadata(TestMetadata value) {
            metadata = Objects.requireNonNull(value, "metadata is null");
            return this;
        }

        /// Sets the prefix of the client's lines, which is also a key in both ends' JSON; null for
        /// none.
        public Builder title(@Nullable String value) {
            metadata = metadata.withTitle(value);
            return this;
        }

        /// Sets the program name and version that the client reports.
        public Builder clientVersion(String value) {
            metadata = metadata.withClientVersion(value);
            return this;
        }

        /// Returns the test with these settings.
        ///
        /// @throws InvalidSettingException (errors 7, 12, 20) if the warm-up is out of range, or
        ///     the protocol cannot carry blocks of this length
        public TestConfig build() {
            return new TestConfig(protocol, direction, limit, omit, settled(), metadata);
        }

        private StreamSettings settled() {
            Pacing pacing = streams.pacing();
            if (!hasRate) {
                pacing = pacing.withTarget(defaultRate());
            }
            return new StreamSettings(
                    streams.parallel(),
                    hasBlockBytes ? streams.blockBytes() : defaultBlockBytes(),
                    pacing,
                    streams.socket(),
                    streams.payload(),
                    streams.datagrams());
        }

        private Bitrate defaultRate() {
            return protocol == Protocol.UDP ? DEFAULT_UDP_RATE : Bitrate.UNLIMITED;
        }

        private int defaultBlockBytes() {
            return switch (protocol) {
                case TCP, MULTIPATH_TCP -> StreamSettings.DEFAULT_TCP_BLOCK_BYTES;
                case SCTP -> StreamSettings.DEFAULT_SCTP_BLOCK_BYTES;
                case UDP -> 0;
            };
        }
    }
}
