package dev.pitot.message.probe;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.Message;
import dev.pitot.message.ReceivedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Measures how many messages go to an [EchoServer], one way: as many as back-pressure allows, or
/// at a rate. In the end the server reports what it got, so that the loss is exact. For one
/// measurement, by one thread; any thread may end it.
public final class Flood {
    private static final int BURST = 64; // between two looks at clock and arrivals
    private static final long NO_HURRY_NANOS = 1_000_000;
    private static final long STATS_REQUEST_AGAIN_NANOS = 1_000_000_000;
    private static final long STATS_REQUEST_PAUSE_NANOS = 50_000_000;
    private static final long LEFT_INTERVAL_NANOS = 10_000_000; // between two looks at how many have left

    /// Reordered messages arrive within this time on a usual path.
    private static final long SETTLED_NANOS = 200_000_000;

    /// This many round trips are added to it.
    private static final int SETTLED_ROUND_TRIPS = 4;

    /// Longest time to wait for a server that goes on receiving a little more.
    private static final long LONGEST_SETTLING_NANOS = 60_000_000_000L;

    private final FloodPlan plan;
    private final ProbeConnection connection;
    private final IntervalReporter intervalReporter;
    private final ByteBuffer message;
    private long taken; // by the connection, to be sent
    private int request;
    private boolean isAnswered;
    private long left; // of those that were taken
    private long leftAt;
    private long lookedAt;
    private FloodResult.@Nullable Received received;
    private boolean hasRun;

    /// Makes a measurement that has not begun.
    ///
    /// @param options with the timeout for a server that does not answer
    /// @param listener receives the progress of each second
    public Flood(InetSocketAddress server, FloodPlan plan, EndpointOptions options, ProbeListener listener) {
        this.plan = plan;
        connection = new ProbeConnection(server, options, this::receive);
        intervalReporter = new IntervalReporter(listener, connection, plan.bytes());
        message = ProbeMessages.flood(plan.bytes());
    }

    /// Connects, floods, and asks what has come, which takes as long as what waits to be sent, a
    /// minute at most; progress is reported meanwhile, too. Interruption ends it as [#cancel()] does.
    ///
    /// @return what was measured, also if the connection broke off
    /// @throws IOException with a sentence, if the server cannot be reached, does not want us, or
    ///     the connection cannot carry such messages
    /// @throws IllegalStateException if it has been called before
    public FloodResult run() throws IOException {
        if (hasRun) {
            throw new IllegalStateException("a Flood measures once: make another");
        }
        hasRun = true;
        try (connection) {
            if (!connection.open()) {
                return result(Duration.ZERO, false);
            }
            long begin = connection.now();
            leftAt = begin;
            intervalReporter.begin(begin);
            send(begin);
            long takenAt = connection.now();
            drain(takenAt);
            long drainedAt = connection.now();
            boolean isAllSent = connection.isAllSent();
            boolean isFinal = settle(takenAt);
            return result(Duration.ofNanos((isAllSent ? drainedAt : leftAt) - begin), isFinal);
        }
    }

    /// Ends the measurement: [#run()] returns within a second. Any thread, at any time.
    public void cancel() {
        connection.cancel();
    }

    private void send(long begin) throws ProbeException {
        Duration interval = plan.interval();
        SendSchedule schedule = interval == null ? null : SendSchedule.of(begin, interval);
        long end = begin + plan.length().toNanos();
        long now = begin;
        while (now < end && !connection.isOver() && !connection.isCancelled()) {
            long allowed = schedule == null ? BURST : Math.min(BURST, schedule.countBefore(now + 1) - taken);
            boolean isFull = sendSome(allowed) < allowed;
            now = turn(waitNanos(schedule, isFull, now));
        }
    }

    /// Works, and reports the progress.
    ///
    /// @return the time after it
    private long turn(long waitNanos) {
        connection.turn(waitNanos);
        long now = connection.now();
        boolean isDue = intervalReporter.isDue(now);
        if (isDue || now - lookedAt >= LEFT_INTERVAL_NANOS) {
            lookedAt = now;
            long sent = connection.sent(taken);
            if (sent > left) {
                left = sent;
                leftAt = now;
            }
            if (isDue) {
                intervalReporter.report(now, left, -1);
            }
        }
        return now;
    }

    private long waitNanos(@Nullable SendSchedule schedule, boolean isFull, long now) {
        if (isFull) {
            return NO_HURRY_NANOS; // or until an acknowledgement makes room
        }
        return schedule == null ? 0 : schedule.dueAt(taken) - now;
    }

    private long sendSome(long count) throws ProbeException {
        for (long i = 0; i < count; i++) {
            ProbeMessages.number(message, taken);
            if (!connection.send(message, plan.channel())) {
                return i;
            }
            taken++;
        }
        return count;
    }

    /// Waits until all has left: what has not cannot have come, so that nothing needs to be requested.
    private void drain(long begin) {
        while (!connection.isAllSent()
                && !connection.isOver()
                && !connection.isCancelled()
                && connection.now() - begin <= LONGEST_SETTLING_NANOS) {
            turn(NO_HURRY_NANOS);
        }
    }

    /// Requests the server's counts until they do not change any more.
    ///
    /// @param begin of the time that it may take, with what [#drain] took of it
    /// @return whether they are final
    private boolean settle(long begin) {
        long askedAt = 0;
        long changedAt = connection.now();
        FloodResult.Received before = null;
        isAnswered = true; // nothing is asked
        while (!connection.isOver() && !connection.isOutOfTime()) {
            long now = connection.now();
            if (isAnswered ? now - askedAt >= STATS_REQUEST_PAUSE_NANOS : now - askedAt >= STATS_REQUEST_AGAIN_NANOS) {
                if (hasAll()) {
                    return true;
                }
                FloodResult.Received latest = received;
                if (!sameMessages(latest, before) || !connection.isDrained()) {
                    changedAt = now;
                    before = latest;
                } else if (isAnswered && now - changedAt >= settledNanos()) {
                    return true;
                }
                if (now - begin > LONGEST_SETTLING_NANOS) {
                    return false;
                }
                requestNextStats();
                askedAt = now;
            }
            turn(STATS_REQUEST_PAUSE_NANOS);
        }
        return hasAll();
    }

    private void requestNextStats() {
        if (connection.requestStats(request + 1)) { // else too much waits: later
            request++;
            isAnswered = false;
        }
    }

    private static boolean sameMessages(FloodResult.@Nullable Received one, FloodResult.@Nullable Received other) {
        return one != null && other != null && one.messages() == other.messages();
    }

    private boolean hasAll() {
        FloodResult.Received latest = received;
        return latest != null && latest.messages() - latest.duplicates() == taken;
    }

    private long settledNanos() {
        Duration roundTrip = connection.roundTrip();
        return SETTLED_NANOS + (roundTrip == null ? 0 : SETTLED_ROUND_TRIPS * roundTrip.toNanos());
    }

    private void receive(ReceivedMessage receivedMessage) {
        if (receivedMessage.typeId() == ProbeMessages.TALLY_ID
                && receivedMessage.message() instanceof Message tally
                && tally.number("question") == request) {
            FloodResult.Received reported = ProbeMessages.received(tally, taken);
            if (reported != null) { // else it cannot be true
                received = reported;
                isAnswered = true;
            }
        }
    }

    private FloodResult result(Duration length, boolean isFinal) {
        FloodResult.Received latest = received;
        long sent = hasAll() ? taken : connection.sent(taken);
        Long lost = isFinal && latest != null ? sent - latest.messages() + latest.duplicates() : null;
        return new FloodResult(
                new FloodResult.Sent(sent, sent * plan.bytes(), length),
                latest,
                lost,
                connection.roundTrip(),
                connection.brokenOff());
    }
}
