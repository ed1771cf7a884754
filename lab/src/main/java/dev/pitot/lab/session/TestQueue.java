package dev.pitot.lab.session;

import dev.pitot.lab.plan.TestCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Whose turn it is. Tests go in the order of the plan; those that share no node may run at once;
/// only tests at the same values of the plan's variables do, since those are the whole lab's;
/// one that failed comes again after all others. Used under the session's lock.
final class TestQueue {
    private final int parallel;
    private final int retries;
    private final List<Attempt> waiting = new ArrayList<>();
    private final List<Attempt> running = new ArrayList<>();
    private final Set<String> busyNodes = new HashSet<>();

    /// One go at a test.
    ///
    /// @param test which
    /// @param attempt 1 for the first
    record Attempt(TestCase test, int attempt) {}

    /// @param parallel how many may run at once, 1 or more
    /// @param retries how often a failed test comes again, 0 or more
    TestQueue(List<TestCase> tests, int parallel, int retries) {
        this(tests, parallel, retries, _ -> 1);
    }

    /// @param attempt the attempt that a test begins with; 0 for one that is not run: those that were
    ///     run before come after all others
    TestQueue(List<TestCase> tests, int parallel, int retries, ToIntFunction<TestCase> attempt) {
        this.parallel = parallel;
        this.retries = retries;
        tests.stream()
                .map(test -> new Attempt(test, attempt.applyAsInt(test)))
                .filter(turn -> turn.attempt() > 0)
                .sorted(Comparator.comparing(turn -> turn.attempt() > 1))
                .forEach(waiting::add);
    }

    /// Begins the next test that may begin now.
    ///
    /// @return null if none may: all wait for a running one, or none is left
    @Nullable Attempt next() {
        if (running.size() >= parallel) {
            return null;
        }
        Map<String, String> set = running.isEmpty() ? null : variables(running.getFirst());
        for (Iterator<Attempt> each = waiting.iterator(); each.hasNext(); ) {
            Attempt turn = each.next();
            TestCase.Pair pair = turn.test().pair();
            if ((set == null || set.equals(variables(turn)))
                    && !busyNodes.contains(pair.node())
                    && !busyNodes.contains(pair.peer())) {
                each.remove();
                running.add(turn);
                busyNodes.add(pair.node());
                busyNodes.add(pair.peer());
                return turn;
            }
        }
        return null;
    }

    private static Map<String, String> variables(Attempt turn) {
        return turn.test().spec().parameters().variables();
    }

    /// A turn is over: its nodes are free.
    ///
    /// @return whether the test will have another one
    boolean finish(Attempt turn, boolean hasFailed) {
        if (!running.remove(turn)) {
            throw new IllegalStateException("not running: " + turn);
        }
        busyNodes.remove(turn.test().pair().node());
        busyNodes.remove(turn.test().pair().peer());
        boolean comesAgain = hasFailed && turn.attempt() <= retries;
        if (comesAgain) {
            waiting.add(new Attempt(turn.test(), turn.attempt() + 1));
        }
        return comesAgain;
    }

    /// Gives up all that has not begun.
    ///
    /// @return those that never had a turn, in the order of the plan
    List<TestCase> cancelPending() {
        List<TestCase> never = waiting.stream()
                .filter(turn -> turn.attempt() == 1)
                .map(Attempt::test)
                .toList();
        waiting.clear();
        return never;
    }

    /// Whether nothing waits and nothing runs.
    boolean isDone() {
        return waiting.isEmpty() && running.isEmpty();
    }

    /// How many turns are waiting or running.
    int remaining() {
        return waiting.size() + running.size();
    }
}
