package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
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

    /// @throws InvalidSettingException (error 12) if `omit` is out of range
    public TestConfig {
        if (omit.isNegative() || omit.compareTo(MAX_OMIT) > 0) {
            throw new InvalidSettingException(IperfError.OMIT);
        }
    }

    /// iperf's defaults: TCP, the client sends, 10 s, one stream, blocks of 128 KiB, no rate limit.
    public static Builder builder() {
        return new Builder();
    }

    /// A builder that starts from this test.
    public Builder toBuilder() {
        return new Builder(this);
    }

    /// Data connections in all.
    public int streamCount() {
        return streams.parallel() * direction.streamSets();
    }

    public boolean hasClientSenders() {
        return direction != Direction.REVERSE;
    }

    /// Collects settings one by one; each is checked when it is set. Not safe for use by several threads.
    public static final class Builder {
        private static final Duration DEFAULT_LENGTH = Duration.ofSeconds(10); // iperf.h: DURATION

        private Protocol protocol = Protocol.TCP;
        private Direction direction = Direction.FORWARD;
        private Limit limit = new Limit.ForDuration(DEFAULT_LENGTH);
        private Duration omit = Duration.ZERO;
        private StreamSettings streams = StreamSettings.DEFAULT;
        private Extras extras = Extras.NONE;

        private Builder() {}

        private Builder(TestConfig config) {
            protocol = config.protocol;
            direction = config.direction;
            limit = config.limit;
            omit = config.omit;
            streams = config.streams;
            extras = config.extras;
        }

        public Builder protocol(Protocol value) {
            protocol = value;
            return this;
        }

        public Builder direction(Direction value) {
            direction = value;
            return this;
        }

        public Builder limit(Limit value) {
            limit = value;
            return this;
        }

        public Builder omit(Duration value) {
            omit = value;
            return this;
        }

        public Builder streams(StreamSettings value) {
            streams = value;
            return this;
        }

        public Builder parallel(int value) {
            streams = new StreamSettings(
                    value, streams.blockBytes(), streams.pacing(), streams.socket(), streams.zeroCopy());
            return this;
        }

        public Builder blockBytes(int value) {
            streams = new StreamSettings(
                    streams.parallel(), value, streams.pacing(), streams.socket(), streams.zeroCopy());
            return this;
        }

        public Builder pacing(Pacing value) {
            streams = new StreamSettings(
                    streams.parallel(), streams.blockBytes(), value, streams.socket(), streams.zeroCopy());
            return this;
        }

        /// The target rate of each stream, checked after every block.
        public Builder bitrate(Bitrate value) {
            return pacing(new Pacing(value, 0, streams.pacing().fairQueueRate()));
        }

        public Builder socket(SocketSettings value) {
            streams = new StreamSettings(
                    streams.parallel(), streams.blockBytes(), streams.pacing(), value, streams.zeroCopy());
            return this;
        }

        public Builder zeroCopy(boolean value) {
            streams = new StreamSettings(
                    streams.parallel(), streams.blockBytes(), streams.pacing(), streams.socket(), value);
            return this;
        }

        public Builder extras(Extras value) {
            extras = value;
            return this;
        }

        public Builder title(@Nullable String value) {
            extras = new Extras(value, extras.extraData(), extras.serverOutput(), extras.clientVersion());
            return this;
        }

        /// The test so described.
        ///
        /// @throws InvalidSettingException (error 12) if the warm-up is out of range
        public TestConfig build() {
            return new TestConfig(protocol, direction, limit, omit, streams, extras);
        }
    }
}
