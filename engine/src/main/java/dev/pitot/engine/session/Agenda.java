package dev.pitot.engine.session;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a session does next: it reacts to what its inbox holds, or to the passing of time, which
/// makes intervals end, tests end, and states last too long. The session's thread is thus its
/// own timer. Belongs to that thread.
public final class Agenda {
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// How often to look whether others wait.
    private static final long EVICTION_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Inbox inbox;
    private final NanoClock clock;
    private @Nullable Measurement measurement;
    private final BooleanSupplier isPlaceWanted;
    private @Nullable AwaitedCondition condition;
    private @Nullable AwaitedCondition conditionOfNext;
    private @Nullable Duration patience;
    private @Nullable Duration evictionTimeout;
    private long enteredNanos;
    private long movedNanos;
    private boolean wasEvicted;
    private boolean overTold;
    private boolean alarmTold;

    /// @param isPlaceWanted whether others wait for this session to end
    public Agenda(Inbox inbox, NanoClock clock, BooleanSupplier isPlaceWanted) {
        this.inbox = inbox;
        this.clock = clock;
        this.isPlaceWanted = isPlaceWanted;
    }

    /// A state begins.
    ///
    /// @param length how long it may last; null for as long as it takes
    /// @param eviction how long it may last without a [#move()] while others wait; null if they
    ///     change nothing
    public void enter(@Nullable Duration length, @Nullable Duration eviction) {
        condition = conditionOfNext;
        conditionOfNext = null;
        patience = length;
        evictionTimeout = eviction;
        enteredNanos = clock.nanoTime();
        movedNanos = enteredNanos;
    }

    /// The state that is entered next waits for a condition, besides events.
    public void await(AwaitedCondition wanted) {
        conditionOfNext = wanted;
    }

    /// The state goes on, and so does the peer.
    public void move() {
        movedNanos = clock.nanoTime();
    }

    /// Whether a state was ended because others wait.
    public boolean wasEvicted() {
        return wasEvicted;
    }

    /// From now on the time of a measurement passes too.
    public void attach(Measurement running) {
        measurement = running;
    }

    /// Waits for the next event.
    ///
    /// @throws SessionFailure if the condition of the state cannot be met any more
    public Event next() throws InterruptedException, SessionFailure {
        while (true) {
            long now = clock.nanoTime();
            Event due = due(now);
            Event event = due == null ? inbox.poll(nanosToWait(now)) : due;
            if (event != null) {
                return event;
            }
        }
    }

    private boolean isEvictionDue(long now) {
        return evictionTimeout != null && now - movedNanos >= evictionTimeout.toNanos() && isPlaceWanted.getAsBoolean();
    }

    private @Nullable Event due(long now) throws SessionFailure {
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
        if (patience != null && now - enteredNanos >= patience.toNanos()) {
            patience = null;
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
        if (patience != null) {
            wait = Math.min(wait, patience.toNanos() - (now - enteredNanos));
        }
        if (evictionTimeout != null) {
            wait = Math.min(wait, EVICTION_CHECK_NANOS);
        }
        return Math.max(0, wait);
    }
}
