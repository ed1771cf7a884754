package dev.pitot.lab.results;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.model.config.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What became of one test, as it is kept in `results.jsonl`: a [RunResult] without the
/// settings of the test, which are in the copy of the plan.
///
/// @param id which test
/// @param attempt 1 for the first
/// @param engine what measured; null if none was found
/// @param time when
/// @param measurements what was measured
/// @param verdict what to think of it
public record StoredRun(
        Id id,
        int attempt,
        @Nullable EngineKind engine,
        RunResult.Time time,
        RunResult.Measurements measurements,
        RunResult.Verdict verdict) {
    /// Which test of its session.
    ///
    /// @param number 1 for the first of the session; unique, repetitions count
    /// @param repetition 1 for the first
    /// @param pair between whom
    /// @param test the name that the plan gives
    /// @param protocol what carried the data
    /// @param parameters the point of the sweep
    public record Id(
            int number, int repetition, TestCase.Pair pair, String test, Protocol protocol, ParameterSet parameters) {
        static Id of(TestCase test) {
            return new Id(
                    test.number(),
                    test.repetition(),
                    test.pair(),
                    test.spec().test(),
                    test.spec().settings().config().test().protocol(),
                    test.spec().parameters());
        }

        /// For people: `tate to tpc, parallel 4, repetition 1`.
        public String text() {
            List<String> parts = new ArrayList<>();
            parts.add(pair.sender() + " to " + pair.receiver());
            parts.add(protocol.reportName());
            parameters.variables().forEach((name, value) -> parts.add(name + " " + value));
            parameters.sweep().forEach((name, value) -> parts.add(name + " " + value));
            parts.add("repetition " + repetition);
            return String.join(", ", parts);
        }
    }

    /// Of a result, what is kept of it.
    public static StoredRun of(RunResult result) {
        return new StoredRun(
                Id.of(result.test()),
                result.attempt(),
                result.engine(),
                result.time(),
                result.measurements(),
                result.verdict());
    }

    /// One run for each test, in the order of the plan: of several attempts the last. One that
    /// was stopped does not hide why the one before had failed.
    static List<StoredRun> last(List<StoredRun> runs) {
        var byNumber = new TreeMap<Integer, StoredRun>();
        for (StoredRun run : runs) {
            byNumber.merge(run.id.number, run, StoredRun::later);
        }
        return List.copyOf(byNumber.values());
    }

    private static StoredRun later(StoredRun one, StoredRun other) {
        boolean isInOrder = other.attempt >= one.attempt;
        StoredRun later = isInOrder ? other : one;
        StoredRun earlier = isInOrder ? one : other;
        boolean isHiding = later.verdict.kind() == RunResult.Verdict.Kind.STOPPED
                && earlier.verdict.kind() == RunResult.Verdict.Kind.FAILED;
        return isHiding ? earlier : later;
    }
}
