package dev.pitot.model.event;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestStart;
import java.time.Instant;
import java.util.List;

/// Event in one test. The order is: agreed, connected, started, intervals, summary, finished. A
/// test that breaks off omits some, but `Finished` is always sent, and always last. Notes may occur
/// at any time before it. A minor version may add types: a `switch` over events needs a `default`.
public sealed interface TestEvent {
    /// Both ends agree on the parameters.
    record ParametersAgreed(TestStart start) implements TestEvent {}

    /// All data connections exist.
    ///
    /// @param buffers buffer sizes of the first data socket
    record StreamsConnected(List<StreamInfo> streams, BufferSizes buffers) implements TestEvent {
        /// Copies the streams.
        public StreamsConnected {
            streams = List.copyOf(streams);
        }
    }

    /// The transfer starts.
    ///
    /// @param time wall-clock time at this end
    record Started(Instant time) implements TestEvent {}

    /// A report interval, or the last part of one, has ended.
    record IntervalDone(Interval interval) implements TestEvent {}

    /// Measurement has ended. At this moment a server has only its own results.
    record SummaryReady(TestReport report) implements TestEvent {}

    /// Message for a person; not a measurement.
    record Note(Level level, String text) implements TestEvent {}

    /// The test has ended.
    record Finished(Outcome outcome) implements TestEvent {}

    /// Level of a note: iperf's debug levels (`-d`, `--debug=1..4`), the additional output of `-V`,
    /// and warnings that are always shown.
    enum Level {
        /// Shown with `-V`, on standard output.
        VERBOSE,
        /// Shown always, on standard error.
        WARNING,
        /// Shown from `--debug=1` on.
        DEBUG_ERROR,
        /// Shown from `--debug=2` on.
        DEBUG_WARNING,
        /// Shown from `--debug=3` on.
        DEBUG_INFO,
        /// Shown with `--debug=4`, which is `-d`.
        DEBUG
    }
}
