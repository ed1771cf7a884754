package dev.pitot.model.event;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestStart;
import java.time.Instant;
import java.util.List;

/// Something that happened in a test. In this order: agreed, connected, started, intervals,
/// summary, finished; a test that breaks off leaves some out, but `Finished` is always there and
/// always last. Notes may come at any time before it.
public sealed interface TestEvent {
    /// Both ends agree on the parameters.
    record ParametersAgreed(TestStart start) implements TestEvent {}

    /// All data connections exist.
    ///
    /// @param buffers of the first data socket
    record StreamsConnected(List<StreamInfo> streams, BufferSizes buffers) implements TestEvent {
        /// Copies the streams.
        public StreamsConnected {
            streams = List.copyOf(streams);
        }
    }

    /// Data begins to flow.
    ///
    /// @param time by the wall clock of this end
    record Started(Instant time) implements TestEvent {}

    /// A report interval, or the last part of one, is over.
    record IntervalDone(Interval interval) implements TestEvent {}

    /// Counting is over. A server knows only its own half of the figures at this moment.
    record SummaryReady(TestReport report) implements TestEvent {}

    /// Something a person may want to know that is no measurement.
    record Note(Level level, String text) implements TestEvent {}

    /// The test is over.
    record Finished(Outcome outcome) implements TestEvent {}

    /// iperf's debug levels (`-d`, `--debug=1..4`), what `-V` adds, and warnings that people see
    /// without asking.
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
