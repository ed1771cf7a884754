package dev.pitot.metrics;

import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.sample.WindowAggregator;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Format of the current state of a test as one Prometheus text, for a file or a push. Pitot's own
/// names are [dev.pitot.metrics.prometheus.LiveMetrics#format()], those of iperf3-rs
/// [dev.pitot.metrics.names.Iperf3RsText#format()].
///
/// @param text function that returns the whole text for a record. Listeners of concurrent tests
///     call it at the same time
/// @param directions directions to include
/// @param window length of a window, more than 0 and at most a day; null for one text per interval
/// @param state the whole state, if the text contains it; null if the text contains one record
public record SnapshotFormat(
        Function<MetricsRecord, String> text,
        Directions directions,
        @Nullable Duration window,
        @Nullable State state) {

    /// Directions of a bidirectional test to include. A test with a single direction always
    /// includes it.
    public enum Directions {
        /// Both.
        ALL,
        /// From client to server only, as in iperf3-rs, whose metrics have no direction.
        LEADING
    }

    /// State of any number of tests. Thread-safe.
    public interface State {
        /// Returns a listener for one test that this process runs as a client.
        TestListener forTest();

        /// Returns a listener for a server and its tests.
        ServerListener forServer();

        /// Returns the whole state as one text.
        String text();
    }

    /// @throws IllegalArgumentException if `window` is not more than 0, or longer than
    ///     [WindowAggregator#MAX_LENGTH]
    public SnapshotFormat {
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(directions, "directions is null");
        if (window != null && (!window.isPositive() || window.compareTo(WindowAggregator.MAX_LENGTH) > 0)) {
            throw new IllegalArgumentException("a window must be longer than 0 and at most a day: " + window);
        }
    }

    /// Creates a format with one text per interval, for all directions.
    public SnapshotFormat(Function<MetricsRecord, String> text) {
        this(text, Directions.ALL, null, null);
    }

    /// Returns a format of the whole state. A sink passes each event to the state before it
    /// requests the text, and requests it once more when the test has ended.
    public static SnapshotFormat of(State state) {
        return new SnapshotFormat(_ -> state.text(), Directions.ALL, null, state);
    }

    /// Returns a copy with other directions.
    public SnapshotFormat withDirections(Directions value) {
        return new SnapshotFormat(text, value, window, state);
    }

    /// Returns a copy with one text per window, or per interval.
    ///
    /// @param value length of a window, more than 0 and at most a day; null for one text per
    ///     interval
    public SnapshotFormat withWindow(@Nullable Duration value) {
        return new SnapshotFormat(text, directions, value, state);
    }

    /// True if a newer text replaces an older one, so that a slow sink may skip older texts: true
    /// for single intervals and for the whole state, false for windows.
    public boolean isReplaceable() {
        return window == null || state != null;
    }
}
