package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final ManualClock clock = new ManualClock();
    private final EventQueue eventQueue = new EventQueue();
    private final AtomicBoolean isPlaceWanted = new AtomicBoolean();
    private final EventLoop eventLoop = new EventLoop(eventQueue, clock, isPlaceWanted::get);

    @Test
    void aStateThatOthersWaitForEndsSooner() throws Exception {
        isPlaceWanted.set(true);
        eventLoop.enter(LONG, SHORT);

        clock.advance(SHORT);

        assertThat(eventLoop.next()).isEqualTo(new Event.Overdue());
        assertThat(eventLoop.wasEvicted()).isTrue();
    }

    @Test
    void aStateThatNobodyWaitsForHasItsTime() throws Exception {
        eventLoop.enter(LONG, SHORT);
        clock.advance(SHORT);
        eventQueue.put(new Event.ControlClosed());

        assertThat(eventLoop.next()).isEqualTo(new Event.ControlClosed());

        clock.advance(LONG);
        assertThat(eventLoop.next()).isEqualTo(new Event.Overdue());
        assertThat(eventLoop.wasEvicted()).isFalse();
    }

    @Test
    void whatCameInTimeIsTakenBeforeTheTimeout() throws Exception {
        eventLoop.enter(SHORT, null);
        eventQueue.put(new Event.LimitReached());
        eventQueue.put(new Event.ControlClosed());
        clock.advance(LONG);

        assertThat(eventLoop.next()).isEqualTo(new Event.LimitReached());
        eventQueue.put(new Event.LimitReached()); // too late
        assertThat(eventLoop.next()).isEqualTo(new Event.ControlClosed());
        assertThat(eventLoop.next()).isEqualTo(new Event.Overdue());
    }

    @Test
    void aPeerThatMovesIsNotHurried() throws Exception {
        isPlaceWanted.set(true);
        eventLoop.enter(LONG, SHORT);
        clock.advance(SHORT.dividedBy(2));
        eventLoop.move();
        clock.advance(SHORT.dividedBy(2));
        eventQueue.put(new Event.ControlClosed());

        assertThat(eventLoop.next()).isEqualTo(new Event.ControlClosed());
    }

    @Test
    void aConditionThatIsMetComesBeforeWhatWaits() throws Exception {
        eventQueue.put(new Event.ControlClosed());
        eventLoop.await(AwaitedCondition.MET);
        eventLoop.enter(LONG, null);

        assertThat(eventLoop.next()).isEqualTo(new Event.ConditionMet());
        assertThat(eventLoop.next()).isEqualTo(new Event.ControlClosed());
    }

    @Test
    void aConditionBelongsToOneState() throws Exception {
        eventLoop.await(AwaitedCondition.MET);
        eventLoop.enter(LONG, null);
        eventLoop.enter(LONG, null);
        eventQueue.put(new Event.ControlClosed());

        assertThat(eventLoop.next()).isEqualTo(new Event.ControlClosed());
    }

    @Test
    void aStateThatMayNotBeHurriedHasItsTime() throws Exception {
        isPlaceWanted.set(true);
        eventLoop.enter(LONG, null);
        clock.advance(SHORT);
        eventQueue.put(new Event.ControlClosed());

        assertThat(eventLoop.next()).isEqualTo(new Event.ControlClosed());
    }
}
