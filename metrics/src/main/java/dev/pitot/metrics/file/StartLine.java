package dev.pitot.metrics.file;

import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.TestStart;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Writes the members of a `start` line: the two ends and the test's configuration. The client's
/// user name is not included.
final class StartLine {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MAX_TITLE = 256; // code points

    private StartLine() {}

    static void members(JsonLine line, TestStart start, @Nullable Duration window) {
        line.time("timestamp_unix_seconds", start.time());
        line.string("role", FieldValues.of(start.role()));
        line.string("peer_host", start.peer().host());
        line.integer("peer_port", start.peer().port());
        line.string("cookie", start.cookie());
        line.object("config", start.config(), config -> config(line, config));
        Duration interval = start.setup().interval().length();
        line.number("interval_seconds", interval.isZero() ? null : seconds(interval));
        line.number("window_seconds", window == null ? null : seconds(window));
    }

    private static void config(JsonLine line, TestConfig config) {
        StreamSettings streams = config.streams();
        line.string("protocol", FieldValues.of(config.protocol()));
        line.bool("multipath", config.protocol() == Protocol.MULTIPATH_TCP);
        line.string("direction", FieldValues.of(config.direction()));
        line.integer("parallel", streams.parallel());
        limit(line, config.limit());
        line.number("omit_seconds", seconds(config.omit()));
        line.integer("block_bytes", streams.blockBytes());
        line.number(
                "bitrate_bits_per_second",
                streams.pacing().target().isUnlimited()
                        ? null
                        : streams.pacing().target().bitsPerSecond());
        line.string("title", shortened(config.metadata().title()));
    }

    /// Shortens a title: a client may send one of any length.
    private static @Nullable String shortened(@Nullable String title) {
        if (title == null || title.codePointCount(0, title.length()) <= MAX_TITLE) {
            return title;
        }
        return title.substring(0, title.offsetByCodePoints(0, MAX_TITLE));
    }

    private static void limit(JsonLine line, Limit limit) {
        line.number("duration_seconds", limit instanceof Limit.ForDuration(Duration length) ? seconds(length) : null);
        line.number("bytes", limit instanceof Limit.ForBytes(long count) ? count : null);
        line.number("blocks", limit instanceof Limit.ForBlocks(long count) ? count : null);
    }

    private static double seconds(Duration length) {
        return length.toNanos() / NANOS_PER_SECOND;
    }
}
