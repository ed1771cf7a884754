package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A test as both ends agree on it: exactly what the client's parameter message carries.
///
/// @param protocol what carries the data
/// @param direction which end sends
/// @param limit when the test ends
/// @param omit warm-up before the counted part (`-O`), 0..600 s in whole seconds
/// @param streams how many streams, and how each sends
/// @param extras what travels along
public record TestConfig(
        Protocol protocol, Direction direction, Limit limit, Duration omit, StreamSettings streams, Extras extras) {
    private static final Duration MAX_OMIT = Duration.ofSeconds(600); // iperf.h: MAX_OMIT_TIME
    private static final int MIN_UDP_BLOCK_BYTES = 16; // iperf.h: MIN_UDP_BLOCKSIZE, the longest header
    private static final int MAX_UDP_BLOCK_BYTES = 65_507; // iperf.h: MAX_UDP_BLOCKSIZE, what IPv4 can carry

    /// @throws InvalidSettingException (errors 7, 12, 20) if the warm-up is out of range, or
    ///     blocks have a length that the protocol cannot carry
    /// @throws IllegalArgumentException if the warm-up has a fraction of a second
    public TestConfig {
        Objects.requireNonNull(protocol, "protocol is null");
        Objects.requireNonNull(direction, "direction is null");
        Objects.requireNonNull(limit, "limit is null");
        Objects.requireNonNull(streams, "streams is null");
        Objects.requireNonNull(extras, "extras is null");
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
        // The wire carries whole seconds, and both ends must leave out the same.
        if (!omit.equals(Duration.ofSeconds(omit.toSeconds()))) {
            throw new IllegalArgumentException("omit is not in whole seconds: " + omit);
        }
    }

    /// iperf's defaults: TCP, the client sends, 10 s, one stream, blocks of 128 KiB, no rate
    /// limit.
    public static Builder builder() {
        return new Builder();
    }

    /// A builder that starts from this test.
    public Builder toBuilder() {
        return new Builder(this);
    }

    /// This test with blocks of the default length, if it has none yet: UDP datagrams as long as
    /// a segment of the control connection, since that fits the path.
    ///
    /// @param controlMss of the control connection in bytes; 0 where it is unknown
    public TestConfig withBlocksFor(int controlMss) {
        if (streams.blockBytes() != 0) {
            return this;
        }
        int fitting = controlMss == 0
                ? StreamSettings.DEFAULT_UDP_BLOCK_BYTES
                : Math.clamp(controlMss, MIN_UDP_BLOCK_BYTES, MAX_UDP_BLOCK_BYTES);
        return toBuilder().blockBytes(fitting).build();
    }

    /// Data connections in all.
    public int streamCount() {
        return streams.parallel() * direction.streamSets();
    }

    /// True if the client sends, alone or besides the server.
    public boolean hasClientSenders() {
        return direction != Direction.REVERSE;
    }

    /// Collects settings one by one; each is checked when it is set, with the bounds of the command
    /// line. What is never set has iperf's default for the protocol. Not safe for use by several
    /// threads.
    public static final class Builder {
        private static final Duration DEFAULT_LENGTH = Duration.ofSeconds(10); // iperf.h: DURATION
        private static final Bitrate DEFAULT_UDP_RATE = new Bitrate(1024 * 1024); // iperf.h: UDP_RATE

        private Protocol protocol = Protocol.TCP;
        private Direction direction = Direction.FORWARD;
        private Limit limit = new Limit.ForDuration(DEFAULT_LENGTH);
        private Duration omit = Duration.ZERO;
        private StreamSettings streams = StreamSettings.DEFAULT;
        private Extras extras = Extras.NONE;
        private boolean hasBlockBytes;
        private boolean hasRate;

        private Builder() {}

        private Builder(Builder other) {
            protocol = other.protocol;
            direction = other.direction;
            limit = other.limit;
            omit = other.omit;
            streams = other.streams;
            extras = other.extras;
            hasBlockBytes = other.hasBlockBytes;
            hasRate = other.hasRate;
        }

        private Builder(TestConfig config) {
            protocol = config.protocol;
            direction = config.direction;
            limit = config.limit;
            omit = config.omit;
            streams = config.streams;
            extras = config.extras;
            // what is as the protocol has it was not chosen, and follows it to another one
            hasBlockBytes = streams.blockBytes() != defaultBlockBytes();
            hasRate = !streams.pacing().target().equals(defaultRate());
        }

        /// A builder that goes on from here without this one.
        public Builder copy() {
            return new Builder(this);
        }

        /// What carries the data. Unless they are set, the length of blocks and the rate follow
        /// it: UDP sends 1 Mbit/s (1048576 bit/s), everything else as fast as it can.
        public Builder protocol(Protocol value) {
            protocol = Objects.requireNonNull(value, "protocol is null");
            return this;
        }

        /// Which end sends.
        public Builder direction(Direction value) {
            direction = Objects.requireNonNull(value, "direction is null");
            return this;
        }

        /// When the test ends.
        public Builder limit(Limit value) {
            limit = Objects.requireNonNull(value, "limit is null");
            return this;
        }

        /// Warm-up before the counted part.
        ///
        /// @param value 0..600 s in whole seconds
        public Builder omit(Duration value) {
            requireOmit(value);
            omit = value;
            return this;
        }

        /// Everything about the streams at once; their rate and the length of their blocks count as
        /// set.
        public Builder streams(StreamSettings value) {
            streams = Objects.requireNonNull(value, "streams is null");
            hasBlockBytes = true;
            hasRate = true;
            return this;
        }

        /// Streams per direction, 1..128.
        public Builder parallel(int value) {
            return replace(value, streams.blockBytes(), streams.pacing(), streams.socket());
        }

        /// Bytes per call or datagram.
        ///
        /// @param value 1..1 MiB, for UDP 16..65507; 0 for the protocol's default
        public Builder blockBytes(int value) {
            hasBlockBytes = value != 0;
            return replace(streams.parallel(), value, streams.pacing(), streams.socket());
        }

        /// Rate limits of each stream, in full.
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

        /// The target rate of each stream, checked after every block.
        public Builder bitrate(Bitrate value) {
            return pacing(streams.pacing().withTarget(value).withBurstBlocks(0));
        }

        /// The rate that the kernel holds, per stream.
        ///
        /// @param value unlimited or at least 8 bit/s: the kernel counts in bytes
        public Builder fairQueueRate(Bitrate value) {
            Pacing pacing = streams.pacing().withFairQueueRate(value);
            requireKernelRate(value);
            return replace(streams.parallel(), streams.blockBytes(), pacing, streams.socket());
        }

        /// How often a server before iperf 3.18 checks the pace.
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
                        "fairQueueRate below 8 bit/s, where 0 is no limit: " + rate.bitsPerSecond());
            }
        }

        private static void requireTimer(long micros) {
            if (micros < 0 || micros > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("timerMicros not in 0.." + Integer.MAX_VALUE + ": " + micros);
            }
        }

        /// Options of each data socket, at both ends.
        public Builder socket(SocketSettings value) {
            return replace(streams.parallel(), streams.blockBytes(), streams.pacing(), value);
        }

        /// Contents of blocks, and how they are copied.
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

        /// Sets or clears sendfile at the senders.
        public Builder zeroCopy(boolean value) {
            return payload(streams.payload().withZeroCopy(value));
        }

        /// Settings of UDP.
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

        /// Metadata that travels with the test.
        public Builder extras(Extras value) {
            extras = Objects.requireNonNull(value, "extras is null");
            return this;
        }

        /// The prefix of the client's lines, and a key in both ends' JSON; null for none.
        public Builder title(@Nullable String value) {
            extras = extras.withTitle(value);
            return this;
        }

        /// What the client calls itself.
        public Builder clientVersion(String value) {
            extras = new Extras(extras.title(), extras.extraData(), extras.serverOutput(), value, extras.serverCore());
            return this;
        }

        /// The test so described.
        ///
        /// @throws InvalidSettingException (errors 7, 12, 20) if the warm-up is out of range, or
        ///     blocks have a length that the protocol cannot carry
        public TestConfig build() {
            return new TestConfig(protocol, direction, limit, omit, settled(), extras);
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
