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
    private final AtomicBoolean isPlaceWanted = new AtomicBoolean();
    private final Agenda agenda = new Agenda(inbox, clock, isPlaceWanted::get);

    @Test
    void aStateThatOthersWaitForEndsSooner() throws Exception {
        isPlaceWanted.set(true);
        agenda.enter(LONG, SHORT);

        clock.advance(SHORT);

        assertThat(agenda.next()).isEqualTo(new Event.Overdue());
        assertThat(agenda.wasEvicted()).isTrue();
    }

    @Test
    void aStateThatNobodyWaitsForHasItsTime() throws Exception {
        agenda.enter(LONG, SHORT);
        clock.advance(SHORT);
        inbox.put(new Event.ControlClosed());

        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());

        clock.advance(LONG);
        assertThat(agenda.next()).isEqualTo(new Event.Overdue());
        assertThat(agenda.wasEvicted()).isFalse();
    }

    @Test
    void aPeerThatMovesIsNotHurried() throws Exception {
        isPlaceWanted.set(true);
        agenda.enter(LONG, SHORT);
        clock.advance(SHORT.dividedBy(2));
        agenda.move();
        clock.advance(SHORT.dividedBy(2));
        inbox.put(new Event.ControlClosed());

        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());
    }

    @Test
    void aConditionThatIsMetComesBeforeWhatWaits() throws Exception {
        inbox.put(new Event.ControlClosed());
        agenda.await(AwaitedCondition.MET);
        agenda.enter(LONG, null);

        assertThat(agenda.next()).isEqualTo(new Event.ConditionMet());
        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());
    }

    @Test
    void aConditionBelongsToOneState() throws Exception {
        agenda.await(AwaitedCondition.MET);
        agenda.enter(LONG, null);
        agenda.enter(LONG, null);
        inbox.put(new Event.ControlClosed());

        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());
    }

    @Test
    void aStateThatMayNotBeHurriedHasItsTime() throws Exception {
        isPlaceWanted.set(true);
        agenda.enter(LONG, null);
        clock.advance(SHORT);
        inbox.put(new Event.ControlClosed());

        assertThat(agenda.next()).isEqualTo(new Event.ControlClosed());
    }
}
