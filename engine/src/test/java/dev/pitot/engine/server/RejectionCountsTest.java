package dev.pitot.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.event.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RejectionCountsTest {
    private static final String FULL = "too many connections without a cookie";

    private final RejectionCounts counts = new RejectionCounts();

    @Test
    void theFirstOfAReasonIsToldAtOnceAndTheOthersTogether() {
        List<ServerEvent> atOnce = Stream.of("192.0.2.1", "192.0.2.2", "192.0.2.3")
                .map(host -> add(FULL, host, 0))
                .filter(Objects::nonNull)
                .toList();

        assertThat(atOnce).containsExactly(new ServerEvent.ConnectionDropped(FULL + " (from 192.0.2.1)", 1));
        assertThat(counts.due(seconds(9))).isEmpty();
        assertThat(counts.due(seconds(10)))
                .containsExactly(
                        new ServerEvent.ConnectionDropped(FULL + " (2 more in 10 s, from 192.0.2.2, 192.0.2.3)", 2));
    }

    @Test
    void aFloodIsOneEventForEachPeriodAndNoConnectionIsForgotten() {
        List<ServerEvent> told = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) { // a thousand each second
            long now = TimeUnit.MILLISECONDS.toNanos(i);
            ServerEvent first = add(FULL, "192.0.2." + i % 200, now);
            if (first != null) {
                told.add(first);
            }
            told.addAll(counts.due(now));
        }
        told.addAll(counts.rest(seconds(30)));

        assertThat(told).hasSizeLessThanOrEqualTo(4);
        assertThat(told.stream()
                        .mapToLong(event -> ((ServerEvent.ConnectionDropped) event).count())
                        .sum())
                .isEqualTo(30_000);
        assertThat(told.get(1).toString()).contains(" and others)");
    }

    @Test
    void reasonsAreCountedApart() {
        add(FULL, null, 0);

        assertThat(add("another", null, 0)).isEqualTo(new ServerEvent.ConnectionDropped("another", 1));
        assertThat(counts.due(seconds(10))).isEmpty();
    }

    @Test
    void afterAQuietPeriodTheNextIsTheFirstAgain() {
        add(FULL, null, 0);
        assertThat(counts.due(seconds(10))).isEmpty();

        assertThat(counts.isEmpty()).isTrue();
        assertThat(add(FULL, null, seconds(11))).isEqualTo(new ServerEvent.ConnectionDropped(FULL, 1));
    }

    @Test
    void moreReasonsThanAreCountedApartBecomeOne() {
        List<ServerEvent> told = IntStream.range(0, 1_000)
                .mapToObj(i -> add("reason " + i, null, 0))
                .filter(Objects::nonNull)
                .toList();

        assertThat(told).hasSize(RejectionCounts.MAX_REASONS + 1);
        assertThat(counts.rest(seconds(1)))
                .containsExactly(new ServerEvent.ConnectionDropped(
                        "connections were turned away for other reasons (967 more in 1 s)", 967));
    }

    @Test
    void refusedTestsAreNotCountedAsConnections() {
        for (int i = 0; i < 40; i++) {
            add("reason " + i, null, 0);
        }

        ServerEvent first =
                counts.add(new RejectionCounts.Reason(RejectionCounts.Kind.TEST, "one more"), null, null, 0);
        ServerEvent second =
                counts.add(new RejectionCounts.Reason(RejectionCounts.Kind.TEST, "and another"), null, null, 0);

        assertThat(first).isEqualTo(new ServerEvent.TestRefused("clients were turned away for other reasons", 1));
        assertThat(second).isNull();
        assertThat(counts.rest(seconds(1)))
                .contains(new ServerEvent.TestRefused("clients were turned away for other reasons (1 more in 1 s)", 1));
    }

    private @Nullable ServerEvent add(String reason, @Nullable String host, long nowNanos) {
        return counts.add(new RejectionCounts.Reason(RejectionCounts.Kind.CONNECTION, reason), host, null, nowNanos);
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
