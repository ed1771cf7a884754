package dev.pitot.lab.session;

import dev.pitot.lab.plan.TestCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose turn it is. Tests go in the order of the plan; those that share no node may run at once;
/// one that failed comes again after all others. Used under the session's lock.
final class Turns {
    private final int parallel;
    private final int retries;
    private final List<Turn> waiting = new ArrayList<>();
    private final List<Turn> running = new ArrayList<>();
    private final Set<String> busyNodes = new HashSet<>();

    /// One go at a test.
    ///
    /// @param test which
    /// @param attempt 1 for the first
    record Turn(TestCase test, int attempt) {}

    /// @param parallel how many may run at once, 1 or more
    /// @param retries how often a failed test comes again, 0 or more
    Turns(List<TestCase> tests, int parallel, int retries) {
        this(tests, parallel, retries, _ -> 1);
    }

    /// @param attempt the attempt that a test begins with; 0 for one that is not run: those that were
    ///     run before come after all others
    Turns(List<TestCase> tests, int parallel, int retries, ToIntFunction<TestCase> attempt) {
        this.parallel = parallel;
        this.retries = retries;
        tests.stream()
                .map(test -> new Turn(test, attempt.applyAsInt(test)))
                .filter(turn -> turn.attempt() > 0)
                .sorted(Comparator.comparing(turn -> turn.attempt() > 1))
                .forEach(waiting::add);
    }

    /// Begins the next test that may begin now.
    ///
    /// @return null if none may: all wait for a running one, or none is left
    @Nullable Turn next() {
        if (running.size() >= parallel) {
            return null;
        }
        for (Iterator<Turn> each = waiting.iterator(); each.hasNext(); ) {
            Turn turn = each.next();
            TestCase.Pair pair = turn.test().pair();
            if (!busyNodes.contains(pair.node()) && !busyNodes.contains(pair.peer())) {
                each.remove();
                running.add(turn);
                busyNodes.add(pair.node());
                busyNodes.add(pair.peer());
                return turn;
            }
        }
        return null;
    }

    /// A turn is over: its nodes are free.
    ///
    /// @return whether the test will have another one
    boolean over(Turn turn, boolean hasFailed) {
        if (!running.remove(turn)) {
            throw new IllegalStateException("not running: " + turn);
        }
        busyNodes.remove(turn.test().pair().node());
        busyNodes.remove(turn.test().pair().peer());
        boolean comesAgain = hasFailed && turn.attempt() <= retries;
        if (comesAgain) {
            waiting.add(new Turn(turn.test(), turn.attempt() + 1));
        }
        return comesAgain;
    }

    /// Gives up all that has not begun.
    ///
    /// @return those that never had a turn, in the order of the plan
    List<TestCase> giveUp() {
        List<TestCase> never = waiting.stream()
                .filter(turn -> turn.attempt() == 1)
                .map(Turn::test)
                .toList();
        waiting.clear();
        return never;
    }

    /// Whether nothing waits and nothing runs.
    boolean areOver() {
        return waiting.isEmpty() && running.isEmpty();
    }

    /// How many turns are waiting or running.
    int left() {
        return waiting.size() + running.size();
    }
}
