package dev.pitot.metrics;

import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.sample.Windower;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A rule that shows the newest state of a test to Prometheus as one text, for a file or a push.
/// Pitot's own names are [dev.pitot.metrics.prometheus.LiveMetrics#format()], those of iperf3-rs
/// [dev.pitot.metrics.names.Iperf3RsText#format()].
///
/// @param text the whole text once a record is there. Listeners of tests that run together call it
///     at the same time
/// @param directions which a sink takes
/// @param window length of a window, more than 0 and at most a day; null for single intervals
/// @param state keeps all that is known, where a text shows that; null where it shows one record
public record SnapshotFormat(
        Function<MetricsRecord, String> text,
        Directions directions,
        @Nullable Duration window,
        @Nullable State state) {

    /// Directions of a bidirectional test. A test with a single direction has that.
    public enum Directions {
        /// Both.
        ALL,
        /// From the client to the server: all that iperf3-rs reports, whose names tell no
        /// direction.
        LEADING
    }

    /// Everything that is known of any number of tests. Any thread may use it.
    public interface State {
        /// Takes the events of one test that this process runs as a client.
        TestListener forTest();

        /// Takes the events of a server and its tests.
        ServerListener forServer();

        /// All of it as one text.
        String text();
    }

    /// @throws IllegalArgumentException if `window` is not more than 0, or longer than
    ///     [Windower#MAX_LENGTH]
    public SnapshotFormat {
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(directions, "directions is null");
        if (window != null && (!window.isPositive() || window.compareTo(Windower.MAX_LENGTH) > 0)) {
            throw new IllegalArgumentException("a window must be longer than 0 and at most a day: " + window);
        }
    }

    /// A text of one record, all directions, interval by interval.
    public SnapshotFormat(Function<MetricsRecord, String> text) {
        this(text, Directions.ALL, null, null);
    }

    /// A text of all that is known. A sink passes each event to the state before it asks for the text,
    /// and asks once more when the test has ended.
    public static SnapshotFormat of(State state) {
        return new SnapshotFormat(_ -> state.text(), Directions.ALL, null, state);
    }

    /// This format with these directions.
    public SnapshotFormat withDirections(Directions value) {
        return new SnapshotFormat(text, value, window, state);
    }

    /// This format with a text per window, or per interval.
    ///
    /// @param value more than 0 and at most a day; null for single intervals
    public SnapshotFormat withWindow(@Nullable Duration value) {
        return new SnapshotFormat(text, directions, value, state);
    }

    /// True if a newer text replaces an older one, so that a late sink needs the newest alone: if a text
    /// shows a single interval or all that is known, but not if it shows one window.
    public boolean isReplaceable() {
        return window == null || state != null;
    }
}
