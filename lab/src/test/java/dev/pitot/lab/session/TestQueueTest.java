package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Environment;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.session.TestQueue.Attempt;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.TestSettings;
import dev.pitot.model.config.ClientConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Whose turn it is.
final class TestQueueTest {
    private static ClientConfig anyConfig() {
        try {
            return ((Request.Client) CommandLine.parse(List.of("-c", "192.0.2.1"), () -> null, Environment.NONE))
                    .config();
        } catch (UsageException e) {
            throw new AssertionError(e);
        }
    }

    private static TestCase test(int number, String node, String peer) {
        var settings = new TestSettings(List.of(), anyConfig(), Iperf2Options.NONE, TestSettings.OutputStyle.EXACT);
        return new TestCase(
                number,
                1,
                new TestCase.Pair(node, peer, NodeDirection.TO_NODE),
                new TestCase.TestSpec("tcp", settings, ParameterSet.NONE),
                null,
                List.of());
    }

    private static int numberOf(Attempt attempt) {
        return attempt.test().number();
    }

    @Test
    void oneAtATimeInTheOrderOfThePlan() {
        var queue = new TestQueue(List.of(test(1, "a", "pc"), test(2, "b", "pc2")), 1, 0);

        Attempt first = Objects.requireNonNull(queue.next());

        assertThat(numberOf(first)).isEqualTo(1);
        assertThat(queue.next()).isNull();
        assertThat(queue.remaining()).isEqualTo(2);
        assertThat(queue.finish(first, true)).isFalse();
        assertThat(numberOf(Objects.requireNonNull(queue.next()))).isEqualTo(2);
        assertThat(queue.isDone()).isFalse();
    }

    @Test
    void testsThatShareNoNodeRunAtOnceAndNoneOvertakesForItsOwnNode() {
        var queue = new TestQueue(
                List.of(test(1, "a", "b"), test(2, "a", "c"), test(3, "c", "d"), test(4, "e", "f")), 3, 0);
        List<Integer> begun = new ArrayList<>();

        Attempt first = Objects.requireNonNull(queue.next());
        begun.add(numberOf(first));
        begun.add(numberOf(Objects.requireNonNull(queue.next())));
        begun.add(numberOf(Objects.requireNonNull(queue.next())));

        assertThat(begun).containsExactly(1, 3, 4); // 2 shares a with 1
        assertThat(queue.next()).isNull();
        queue.finish(first, false);
        assertThat(queue.next()).isNull(); // c is still busy with 3
    }

    @Test
    void aFailedTestComesAgainAfterAllOthers() {
        var queue = new TestQueue(List.of(test(1, "a", "pc"), test(2, "b", "pc")), 1, 1);

        assertThat(queue.finish(Objects.requireNonNull(queue.next()), true)).isTrue();
        Attempt second = Objects.requireNonNull(queue.next());
        assertThat(numberOf(second)).isEqualTo(2);
        queue.finish(second, false);
        Attempt again = Objects.requireNonNull(queue.next());

        assertThat(again).isEqualTo(new Attempt(again.test(), 2));
        assertThat(numberOf(again)).isEqualTo(1);
        assertThat(queue.finish(again, true)).isFalse(); // a second failure is dropped
        assertThat(queue.isDone()).isTrue();
    }

    @Test
    void whatNeverHadATurnIsGivenUpByName() {
        var queue = new TestQueue(List.of(test(1, "a", "pc"), test(2, "b", "pc"), test(3, "c", "pc")), 1, 1);
        queue.finish(Objects.requireNonNull(queue.next()), true);
        Attempt running = Objects.requireNonNull(queue.next());

        assertThat(queue.cancelPending()).extracting(TestCase::number).containsExactly(3);

        assertThat(queue.isDone()).isFalse();
        queue.finish(running, false);
        assertThat(queue.isDone()).isTrue();
    }

    @Test
    void theRestIsEstimatedByThePaceSoFar() {
        assertThat(SessionProgress.of(0, 4, Duration.ZERO)).isEqualTo(new SessionProgress(0, 4, null));
        assertThat(SessionProgress.of(3, 6, null)).isEqualTo(new SessionProgress(3, 9, null)); // it was stopped
        assertThat(SessionProgress.of(3, 6, Duration.ofMinutes(2)))
                .isEqualTo(new SessionProgress(3, 9, Duration.ofMinutes(4)));
    }
}
