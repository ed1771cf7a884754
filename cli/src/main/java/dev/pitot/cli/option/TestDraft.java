package dev.pitot.cli.option;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Extras;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.model.unit.Scale;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the options that make up a [TestConfig], the part that both ends agree on. Every value is checked, by the
/// model, as it comes. Used by one thread.
final class TestDraft {
    private final TestConfig.Builder test = TestConfig.builder();
    private Direction direction = Direction.FORWARD;
    private Pacing pacing = Pacing.NONE;
    private SocketSettings socket = SocketSettings.DEFAULT;
    private Extras extras = Extras.NONE;
    /// Which end conditions were given; one may be given twice, and the last counts.
    private final Set<Option> limits = EnumSet.noneOf(Option.class);

    TestConfig build() {
        if (limits.size() > 1) {
            throw new InvalidSettingException(IperfError.END_CONDITIONS);
        }
        return test.build();
    }

    /// Whether any end condition was given.
    boolean hasLimit() {
        return !limits.isEmpty();
    }

    Direction direction() {
        return direction;
    }

    void direction(Direction wanted) {
        if (direction != Direction.FORWARD && direction != wanted) {
            throw new InvalidSettingException(IperfError.REVERSE_AND_BIDIR);
        }
        direction = wanted;
        test.direction(wanted);
    }

    /// `-t`: 0 is for ever.
    void time(String value) throws UsageException {
        Duration length = Duration.ofSeconds(Numbers.whole(Option.TIME, value));
        limit(Option.TIME, length.isZero() ? new Limit.Endless() : new Limit.ForDuration(length));
    }

    /// `-n`: 0 is as if it were not given.
    void bytes(String value) {
        long count = Scale.BINARY.parse(value);
        if (count > 0) {
            limit(Option.BYTES, new Limit.ForBytes(count));
        }
    }

    /// `-k`: 0 is as if it were not given.
    void blocks(String value) {
        long count = Scale.BINARY.parse(value);
        if (count > 0) {
            limit(Option.BLOCK_COUNT, new Limit.ForBlocks(count));
        }
    }

    void limit(Option given, Limit limit) {
        limits.add(given);
        test.limit(limit);
    }

    void omit(String value) throws UsageException {
        test.omit(Duration.ofSeconds(Numbers.whole(Option.OMIT, value)));
    }

    void parallel(String value) throws UsageException {
        test.parallel(Numbers.whole(Option.PARALLEL, value));
    }

    /// `-l`: 0 leaves the protocol's default.
    void length(String value) {
        int bytes = Numbers.size(value);
        test.blockBytes(bytes == 0 ? StreamSettings.DEFAULT_TCP_BLOCK_BYTES : bytes);
    }

    /// `-b RATE[/burst]`.
    void bitrate(String value) throws UsageException {
        int slash = value.indexOf('/');
        int burst = 0;
        if (slash >= 0) {
            burst = Numbers.whole(Option.BITRATE, value.substring(slash + 1));
            if (burst == 0) {
                throw new InvalidSettingException(IperfError.BURST);
            }
        }
        String rate = slash < 0 ? value : value.substring(0, slash);
        pacing(new Pacing(new Bitrate(Scale.DECIMAL.parse(rate)), burst, pacing.fairQueueRate()));
    }

    void fairQueueRate(String value) {
        pacing(new Pacing(pacing.target(), pacing.burstBlocks(), new Bitrate(Scale.DECIMAL.parse(value))));
    }

    private void pacing(Pacing value) {
        pacing = value;
        test.pacing(value);
    }

    void window(String value) {
        int bytes = Numbers.size(value);
        socket(new SocketSettings(bytes, socket.mss(), socket.noDelay(), socket.tos(), socket.congestion()));
    }

    void mss(String value) throws UsageException {
        int mss = Numbers.whole(Option.SET_MSS, value);
        socket(new SocketSettings(socket.windowBytes(), mss, socket.noDelay(), socket.tos(), socket.congestion()));
    }

    void noDelay() {
        socket(new SocketSettings(socket.windowBytes(), socket.mss(), true, socket.tos(), socket.congestion()));
    }

    void tos(int tos) {
        socket(new SocketSettings(socket.windowBytes(), socket.mss(), socket.noDelay(), tos, socket.congestion()));
    }

    void congestion(String algorithm) {
        socket(new SocketSettings(socket.windowBytes(), socket.mss(), socket.noDelay(), socket.tos(), algorithm));
    }

    private void socket(SocketSettings value) {
        socket = value;
        test.socket(value);
    }

    void zeroCopy() {
        test.zeroCopy(true);
    }

    void title(String title) {
        extras(new Extras(title, extras.extraData(), extras.serverOutput(), null));
    }

    void extraData(String data) {
        extras(new Extras(extras.title(), data, extras.serverOutput(), null));
    }

    void serverOutput() {
        extras(new Extras(extras.title(), extras.extraData(), true, null));
    }

    @Nullable String title() {
        return extras.title();
    }

    private void extras(Extras value) {
        extras = value;
        test.extras(value);
    }
}
