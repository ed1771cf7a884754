package dev.pitot.lab.results;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// A session that goes on in its folder, after it was stopped or killed. Immutable.
public final class SessionContinuation {
    private final Results earlier;
    private final Map<Integer, Integer> attempts = new HashMap<>();

    private SessionContinuation(Results earlier) {
        this.earlier = earlier;
    }

    /// The tests that a session still needs: those without a result, those that were stopped, and
    /// failed ones that it would have run again by itself.
    ///
    /// @param earlier its results so far
    /// @param plan its plan
    /// @param withFailed whether tests that failed for good, or missed a threshold, are run again too
    /// @param only of these, the tests that are wanted
    /// @throws ResultsException if the results are not those of the plan, or the session is still running
    public static SessionContinuation of(Results earlier, Plan plan, boolean withFailed, Predicate<TestCase> only)
            throws ResultsException {
        FileAllocator.lock(earlier.folder()).close(); // refused here before anything else is looked at
        Map<Integer, RunResult> last = new HashMap<>();
        for (RunResult run : earlier.runs()) {
            last.merge(run.id().number(), run, (a, b) -> b.attempt() >= a.attempt() ? b : a);
        }
        var continuation = new SessionContinuation(earlier);
        for (TestCase test : plan.cases()) {
            RunResult run = last.remove(test.number());
            if (run != null && !run.id().equals(TestId.of(test))) {
                throw other(earlier, run);
            }
            int attempt = run == null ? 1 : next(run, plan.options().retries(), withFailed);
            if (attempt > 0 && only.test(test)) {
                continuation.attempts.put(test.number(), attempt);
            }
        }
        for (RunResult run : last.values()) {
            throw other(earlier, run);
        }
        return continuation;
    }

    private static ResultsException other(Results earlier, RunResult run) {
        return new ResultsException("The plan in " + earlier.folder() + " was changed: its results have a test "
                + run.id().number() + " (" + run.id().group().test() + "; "
                + run.id().text()
                + ") that the plan does not have. Run the changed plan anew.");
    }

    private static int next(RunResult run, int retries, boolean withFailed) {
        return switch (run.verdict().kind()) {
            case PASSED -> 0;
            case STOPPED -> run.attempt();
            case FAILED -> withFailed || run.attempt() <= retries ? run.attempt() + 1 : 0;
            case MISSED -> withFailed ? run.attempt() + 1 : 0;
        };
    }

    /// The results so far.
    public Results earlier() {
        return earlier;
    }

    /// Whether the folder has other results by now.
    boolean isOutdated() throws ResultsException {
        return !Results.read(earlier.folder()).runs().equals(earlier.runs());
    }

    /// How many tests are left to run.
    public int left() {
        return attempts.size();
    }

    /// The attempt that a test needs: 1 for the first; 0 if it needs no other.
    public int attempt(TestCase test) {
        return attempts.getOrDefault(test.number(), 0);
    }
}
