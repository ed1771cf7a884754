package dev.pitot.engine.session;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Event loop of a session: returns the next event from its inbox, or one caused by the passing of time,
/// which ends intervals, tests and states that last too long. The session's thread thus needs no separate
/// timer. Belongs to that thread.
public final class EventLoop {
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Period of checking whether others wait.
    private static final long EVICTION_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventQueue eventQueue;
    private final NanoClock clock;
    private @Nullable Measurement measurement;
    private final BooleanSupplier isPlaceWanted;
    private @Nullable AwaitedCondition condition;
    private @Nullable AwaitedCondition conditionOfNext;
    private @Nullable Duration timeout;
    private @Nullable Duration evictionTimeout;
    private long enteredNanos;
    private long movedNanos;
    private int queuedAtTimeout; // -1 before the timeout
    private boolean wasEvicted;
    private boolean overTold;
    private boolean alarmTold;

    /// @param isPlaceWanted true while others wait for this session to end
    public EventLoop(EventQueue eventQueue, NanoClock clock, BooleanSupplier isPlaceWanted) {
        this.eventQueue = eventQueue;
        this.clock = clock;
        this.isPlaceWanted = isPlaceWanted;
    }

    /// Enters a state.
    ///
    /// @param length timeout of the state; null for none
    /// @param eviction time that the state may last without a [#move()] while others wait; null for no
    ///     limit
    public void enter(@Nullable Duration length, @Nullable Duration eviction) {
        condition = conditionOfNext;
        conditionOfNext = null;
        timeout = length;
        queuedAtTimeout = -1;
        evictionTimeout = eviction;
        enteredNanos = clock.nanoTime();
        movedNanos = enteredNanos;
    }

    /// Sets a condition that the next state waits for, besides events.
    public void await(AwaitedCondition wanted) {
        conditionOfNext = wanted;
    }

    /// Restarts the eviction timeout because the peer has made progress.
    public void move() {
        movedNanos = clock.nanoTime();
    }

    /// True if a state was ended because others wait.
    public boolean wasEvicted() {
        return wasEvicted;
    }

    /// Adds the timers of a measurement.
    public void attach(Measurement running) {
        measurement = running;
    }

    /// Waits for the next event.
    ///
    /// @throws SessionFailure if the condition of the state can no longer be met
    public Event next() throws InterruptedException, SessionFailure {
        while (true) {
            long now = clock.nanoTime();
            Event due = due(now);
            Event event = due == null ? eventQueue.poll(nanosToWait(now)) : due;
            if (event != null) {
                return event;
            }
        }
    }

    private boolean isEvictionDue(long now) {
        return evictionTimeout != null && now - movedNanos >= evictionTimeout.toNanos() && isPlaceWanted.getAsBoolean();
    }

    private @Nullable Event due(long now) throws SessionFailure, InterruptedException {
        if (measurement != null && measurement.isRunning()) {
            measurement.lookIfDue(now);
            if (!overTold && measurement.isOver(now)) {
                overTold = true;
                return new Event.LimitReached();
            }
            Event alarm = alarmTold ? null : measurement.alarm(now);
            if (alarm != null) {
                alarmTold = true;
                return alarm;
            }
        }
        if (condition != null && condition.isMet(now)) {
            condition = null;
            return new Event.ConditionMet();
        }
        if (timeout != null && now - enteredNanos >= timeout.toNanos()) {
            if (queuedAtTimeout < 0) { // what is queued goes first: this thread may have stood still
                queuedAtTimeout = eventQueue.size();
            }
            if (queuedAtTimeout > 0) {
                queuedAtTimeout--;
                return eventQueue.poll(0);
            }
            timeout = null;
            return new Event.Overdue();
        }
        if (isEvictionDue(now)) {
            evictionTimeout = null;
            wasEvicted = true;
            return new Event.Overdue();
        }
        return null;
    }

    private long nanosToWait(long now) {
        long wait = MAX_WAIT_NANOS;
        if (measurement != null && measurement.isRunning() && !overTold) {
            wait = Math.min(wait, measurement.nanosUntilDue(now));
        }
        if (condition != null) {
            wait = Math.min(wait, condition.nanosBetweenLooks());
        }
        if (timeout != null) {
            wait = Math.min(wait, timeout.toNanos() - (now - enteredNanos));
        }
        if (evictionTimeout != null) {
            wait = Math.min(wait, EVICTION_CHECK_NANOS);
        }
        return Math.max(0, wait);
    }
}
