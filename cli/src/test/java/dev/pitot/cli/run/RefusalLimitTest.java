package dev.pitot.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalLimitTest {
    private static final Ending REFUSED = new Ending.Failed(IperfError.AUTHORIZATION, "", false);

    private Instant now = Instant.EPOCH;
    private final RefusalLimit limit = new RefusalLimit(() -> now);

    @Test
    void eachWayToEndIsShownOnceInTenSeconds() {
        assertThat(limit.admits(REFUSED)).isTrue();
        assertThat(limit.admits(REFUSED)).isFalse();
        assertThat(limit.admits(new Ending.PeerGone())).isTrue();

        now = now.plusSeconds(10);

        assertThat(limit.admits(REFUSED)).isTrue();
    }

    @Test
    void aClockThatIsSetBackKeepsNothingFromBeingShown() {
        assertThat(limit.admits(REFUSED)).isTrue();

        now = now.minusSeconds(3_600);

        assertThat(limit.admits(REFUSED)).isTrue();
    }

    @Test
    void whatIsStoppedHereIsAlwaysShown() {
        var stopped = new Ending.Cancelled("Terminated(15)");

        assertThat(limit.admits(stopped)).isTrue();
        assertThat(limit.admits(stopped)).isTrue();
    }

    @Test
    void textsThatDifferCannotBeShownWithoutEnd() {
        long shown = IntStream.range(0, 1_000)
                .filter(i -> limit.admits(new Ending.Failed(IperfError.RECEIVE_PARAMETERS, "reason " + i, false)))
                .count();

        assertThat(shown).isLessThan(100);
    }
}
