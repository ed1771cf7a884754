package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final ManualClock clock = new ManualClock();
    private final Inbox inbox = new Inbox();
    private final AtomicBoolean isHurried = new AtomicBoolean();
    private final Agenda agenda = new Agenda(inbox, clock, isHurried::get);

    @Test
    void aStateThatOthersWaitForEndsSooner() throws Exception {
        isHurried.set(true);
        agenda.enter(LONG, SHORT);

        clock.advance(SHORT);

        assertThat(agenda.next()).isEqualTo(new Event.Overdue());
        assertThat(agenda.wasHurried()).isTrue();
    }

    @Test
    void aStateThatNobodyWaitsForHasItsTime() throws Exception {
        agenda.enter(LONG, SHORT);
        clock.advance(SHORT);
        inbox.put(new Event.ControlClosed());

        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());

        clock.advance(LONG);
        assertThat(agenda.next()).isEqualTo(new Event.Overdue());
        assertThat(agenda.wasHurried()).isFalse();
    }

    @Test
    void aPeerThatMovesIsNotHurried() throws Exception {
        isHurried.set(true);
        agenda.enter(LONG, SHORT);
        clock.advance(SHORT.dividedBy(2));
        agenda.move();
        clock.advance(SHORT.dividedBy(2));
        inbox.put(new Event.ControlClosed());

        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());
    }

    @Test
    void aStateThatMayNotBeHurriedHasItsTime() throws Exception {
        isHurried.set(true);
        agenda.enter(LONG);
        clock.advance(SHORT);
        inbox.put(new Event.ControlClosed());

        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());
    }
}
