package dev.pitot.engine.session;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a session does next: it reacts to what its inbox holds, or to the passing of time, which
/// makes intervals end, tests end, and states last too long. The session's thread is thus its
/// own timer. Belongs to that thread.
public final class Agenda {
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Inbox inbox;
    private final NanoClock clock;
    private @Nullable Measurement measurement;
    private @Nullable Duration patience;
    private long enteredNanos;
    private boolean overTold;
    private boolean alarmTold;

    public Agenda(Inbox inbox, NanoClock clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    /// A state begins that may last so long; null for as long as it takes.
    public void enter(@Nullable Duration length) {
        patience = length;
        enteredNanos = clock.nanoTime();
    }

    /// From now on the time of a measurement passes too.
    public void attach(Measurement running) {
        measurement = running;
    }

    /// Waits for the next event.
    public Event next() throws InterruptedException {
        while (true) {
            long now = clock.nanoTime();
            Event due = due(now);
            Event event = due == null ? inbox.poll(nanosToWait(now)) : due;
            if (event != null) {
                return event;
            }
        }
    }

    private @Nullable Event due(long now) {
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
        if (patience != null && now - enteredNanos >= patience.toNanos()) {
            patience = null;
            return new Event.Overdue();
        }
        return null;
    }

    private long nanosToWait(long now) {
        long wait = MAX_WAIT_NANOS;
        if (measurement != null && measurement.isRunning() && !overTold) {
            wait = Math.min(wait, measurement.nanosUntilDue(now));
        }
        if (patience != null) {
            wait = Math.min(wait, patience.toNanos() - (now - enteredNanos));
        }
        return Math.max(0, wait);
    }
}
