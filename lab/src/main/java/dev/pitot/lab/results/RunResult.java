package dev.pitot.lab.results;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Threshold;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one test.
///
/// @param id which
/// @param attempt 1 for the first
/// @param engine what measured; null if none was found
/// @param time when
/// @param measurements what was measured
/// @param verdict what to think of it
public record RunResult(
        TestId id, int attempt, @Nullable EngineKind engine, Time time, Measurements measurements, Verdict verdict) {
    RunResult with(Intervals intervals) {
        var others = new Measurements(
                measurements.sender,
                measurements.receiver,
                measurements.rawFiles,
                measurements.observations,
                intervals);
        return new RunResult(id, attempt, engine, time, others, verdict);
    }

    /// The same with data that are not whole: then it has not passed.
    RunResult withFault(String sentence) {
        Verdict.Kind kind = verdict.kind == Verdict.Kind.PASSED ? Verdict.Kind.FAILED : verdict.kind;
        String reason = verdict.reason == null ? sentence : verdict.reason + " " + sentence;
        var other = new Verdict(kind, verdict.errorKind, reason, verdict.missed);
        return new RunResult(id, attempt, engine, time, measurements, other);
    }

    /// When a test ran, by the wall clock of this machine.
    public record Time(Instant began, Instant ended) {}

    /// What both ends counted.
    ///
    /// @param sender its rows of totals; empty if there are none
    /// @param receiver its rows of totals; empty if there are none
    /// @param rawFiles the files of raw lines, relative to the folder of results
    /// @param observations what hooks and monitors found out
    /// @param intervals figures of the receiver's intervals, else the sender's
    public record Measurements(
            List<Row> sender,
            List<Row> receiver,
            List<String> rawFiles,
            Observations observations,
            Intervals intervals) {
        /// Without intervals: [ResultsFolder#end] adds those of the run's files.
        public Measurements(List<Row> sender, List<Row> receiver, List<String> rawFiles, Observations observations) {
            this(sender, receiver, rawFiles, observations, Intervals.NONE);
        }

        public Measurements {
            sender = List.copyOf(sender);
            receiver = List.copyOf(receiver);
            rawFiles = List.copyOf(rawFiles);
        }
    }

    /// Figures of the intervals of one end, beside its program's own total.
    ///
    /// @param meanBitsPerSecond of the intervals that count; null if none does
    /// @param gaps intervals in which a stream is missing; null if there are no intervals
    public record Intervals(
            @Nullable Double meanBitsPerSecond, @Nullable Long gaps) {
        /// There are none.
        public static final Intervals NONE = new Intervals(null, null);
    }

    /// What to think of a test.
    ///
    /// @param kind in a word
    /// @param errorKind what kind of failure, where it is known
    /// @param reason a sentence; null for none
    /// @param missed thresholds that the figures do not keep
    public record Verdict(
            Kind kind,
            @Nullable ErrorKind errorKind,
            @Nullable String reason,
            List<Threshold> missed) {
        public Verdict {
            missed = List.copyOf(missed);
        }

        /// In a word.
        public enum Kind {
            /// It was measured and keeps its thresholds.
            PASSED,
            /// It was measured, and misses a threshold.
            MISSED,
            /// It could not be measured, or not to the end.
            FAILED,
            /// It was stopped, or never begun because the session was.
            STOPPED
        }
    }
}
