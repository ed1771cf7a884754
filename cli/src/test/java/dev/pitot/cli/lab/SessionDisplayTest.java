package dev.pitot.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.results.Observations;
import dev.pitot.lab.results.RunResult;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.TestId;
import dev.pitot.lab.session.SessionEvent;
import dev.pitot.lab.session.SessionProgress;
import dev.pitot.model.config.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionDisplayTest {
    private static String shown(Verdict.Kind kind, @Nullable String reason, @Nullable Duration remaining) {
        var pair = new Pair("tate", "desk", NodeDirection.TO_NODE);
        var result = new RunResult(
                new TestId(1, 1, new TestId.Group("tcp", pair, Protocol.TCP, ParameterSet.NONE)),
                1,
                null,
                new RunResult.Time(Instant.EPOCH, Instant.EPOCH),
                new Measurements(List.of(), List.of(), List.of(), Observations.NONE),
                new Verdict(kind, null, reason, List.of()));
        var text = new StringBuilder();
        new SessionDisplay(text::append, false)
                .onEvent(new SessionEvent.TestEnded(result, false, new SessionProgress(1, 2, remaining)));
        return text.toString();
    }

    @Test
    void whatWasStoppedIsSaidOnce() {
        assertThat(shown(Verdict.Kind.STOPPED, "stopped", null)).isEqualTo("[1/2] tcp desk -> tate: stopped\n");
        assertThat(shown(Verdict.Kind.STOPPED, "the disk is full", null))
                .isEqualTo("[1/2] tcp desk -> tate: stopped: the disk is full\n");
        assertThat(shown(Verdict.Kind.PASSED, null, Duration.ofSeconds(5)))
                .isEqualTo("[1/2] tcp desk -> tate: passed, 5 s left\n");
    }
}
