package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Environment;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.lab.engine.Iperf2Options;
import dev.pitot.lab.engine.TestSettings;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.session.Turns.Turn;
import dev.pitot.model.config.ClientConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Whose turn it is.
final class TurnsTest {
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
                new TestCase.Pair(node, peer, Heading.TO_NODE),
                new TestCase.What("tcp", settings, ParameterSet.NONE),
                null,
                List.of());
    }

    private static int numberOf(Turn turn) {
        return turn.test().number();
    }

    @Test
    void oneAtATimeInTheOrderOfThePlan() {
        var turns = new Turns(List.of(test(1, "a", "pc"), test(2, "b", "pc2")), 1, 0);

        Turn first = Objects.requireNonNull(turns.next());

        assertThat(numberOf(first)).isEqualTo(1);
        assertThat(turns.next()).isNull();
        assertThat(turns.left()).isEqualTo(2);
        assertThat(turns.over(first, true)).isFalse();
        assertThat(numberOf(Objects.requireNonNull(turns.next()))).isEqualTo(2);
        assertThat(turns.areOver()).isFalse();
    }

    @Test
    void testsThatShareNoNodeRunAtOnceAndNoneOvertakesForItsOwnNode() {
        var turns =
                new Turns(List.of(test(1, "a", "b"), test(2, "a", "c"), test(3, "c", "d"), test(4, "e", "f")), 3, 0);
        List<Integer> begun = new ArrayList<>();

        Turn first = Objects.requireNonNull(turns.next());
        begun.add(numberOf(first));
        begun.add(numberOf(Objects.requireNonNull(turns.next())));
        begun.add(numberOf(Objects.requireNonNull(turns.next())));

        assertThat(begun).containsExactly(1, 3, 4); // 2 shares a with 1
        assertThat(turns.next()).isNull();
        turns.over(first, false);
        assertThat(turns.next()).isNull(); // c is still busy with 3
    }

    @Test
    void aFailedTestComesAgainAfterAllOthers() {
        var turns = new Turns(List.of(test(1, "a", "pc"), test(2, "b", "pc")), 1, 1);

        assertThat(turns.over(Objects.requireNonNull(turns.next()), true)).isTrue();
        Turn second = Objects.requireNonNull(turns.next());
        assertThat(numberOf(second)).isEqualTo(2);
        turns.over(second, false);
        Turn again = Objects.requireNonNull(turns.next());

        assertThat(again).isEqualTo(new Turn(again.test(), 2));
        assertThat(numberOf(again)).isEqualTo(1);
        assertThat(turns.over(again, true)).isFalse(); // a second failure is dropped
        assertThat(turns.areOver()).isTrue();
    }

    @Test
    void whatNeverHadATurnIsGivenUpByName() {
        var turns = new Turns(List.of(test(1, "a", "pc"), test(2, "b", "pc"), test(3, "c", "pc")), 1, 1);
        turns.over(Objects.requireNonNull(turns.next()), true);
        Turn running = Objects.requireNonNull(turns.next());

        assertThat(turns.giveUp()).extracting(TestCase::number).containsExactly(3);

        assertThat(turns.areOver()).isFalse();
        turns.over(running, false);
        assertThat(turns.areOver()).isTrue();
    }

    @Test
    void theRestIsEstimatedByThePaceSoFar() {
        assertThat(Progress.of(0, 4, Duration.ZERO)).isEqualTo(new Progress(0, 4, null));
        assertThat(Progress.of(3, 6, Duration.ofMinutes(2))).isEqualTo(new Progress(3, 9, Duration.ofMinutes(4)));
    }
}
