package dev.pitot.message.probe;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.ReceivedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measures round trips to an [EchoServer]. Pings have a timetable that nothing changes (an open
/// loop), and each round trip counts from the time at which its ping should have been sent: a
/// server or a network that stands still is measured as what it is, without coordinated
/// omission. For one measurement, by one thread; any thread may end it.
public final class Ping {
    private static final long MAX_NANOS = 60_000_000_000L; // 60 s: what the histogram tells apart
    private static final int DIGITS = 3;
    private static final int BURST = 256; // between two looks at what has come
    private static final int WINDOW = 1 << 22; // 512 KiB: answers to older pings count as lost
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final PingPlan plan;
    private final ProbeListener listener;
    private final ProbeConnection connection;
    private final ByteBuffer message;
    private final MessageSequenceTracker tracker = new MessageSequenceTracker(WINDOW);
    private final Histogram histogram = new Histogram(1, MAX_NANOS, DIGITS);
    private SendSchedule schedule = new SendSchedule(0, 1);
    private long minNanos = Long.MAX_VALUE; // the histogram rounds
    private long maxNanos;
    private int taken; // by the connection, to be sent
    private boolean hasRun;

    /// Makes a measurement that has not begun.
    ///
    /// @param options with the timeout for a server that does not answer
    /// @param listener receives the progress of each second
    public Ping(InetSocketAddress server, PingPlan plan, EndpointOptions options, ProbeListener listener) {
        this.plan = plan;
        this.listener = listener;
        connection = new ProbeConnection(server, options, this::receive);
        message = ProbeMessages.ping(plan.bytes());
    }

    /// Connects, pings, waits for the last answers: a second, or for reliable ones the options'
    /// timeout. Pings that are due, but could not leave when the time is over, are not sent. Interruption
    /// ends it as [#cancel()] does.
    ///
    /// @return what was measured, also if the connection broke off
    /// @throws IOException with a sentence, if the server cannot be reached, does not want us, or
    ///     the connection cannot carry such messages
    /// @throws IllegalStateException if it has been called before
    public PingResult run() throws IOException {
        if (hasRun) {
            throw new IllegalStateException("a Ping measures once: make another");
        }
        hasRun = true;
        try (connection) {
            if (!connection.open()) {
                return result(Duration.ZERO, 0, 0);
            }
            schedule = SendSchedule.of(connection.now(), plan.interval());
            var intervalReporter = new IntervalReporter(listener, connection, plan.bytes());
            intervalReporter.begin(schedule.begin());
            long last = last();
            long end = end();
            long now = schedule.begin();
            while (taken < last && now < end && !connection.isOver() && !connection.isCancelled()) {
                sendDue(last);
                connection.turn(waitNanos());
                now = connection.now();
                if (intervalReporter.isDue(now)) {
                    intervalReporter.report(now, sent(), tracker.distinct());
                }
            }
            Duration length = Duration.ofNanos(connection.now() - schedule.begin());
            long firstPending = awaitAnswers();
            return result(length, sent(), firstPending);
        }
    }

    /// Ends the measurement: [#run()] returns within a second. Any thread, at any time.
    public void cancel() {
        connection.cancel();
    }

    /// Returns the number of pings to send.
    private long last() {
        return switch (plan.limit()) {
            case ProbeLimit.Count(int pings) -> pings;
            case ProbeLimit.Time(Duration length) ->
                Math.min(Integer.MAX_VALUE, schedule.countBefore(schedule.begin() + length.toNanos()));
        };
    }

    /// Returns the time after which no ping is sent.
    private long end() {
        return switch (plan.limit()) {
            case ProbeLimit.Count _ -> Long.MAX_VALUE;
            case ProbeLimit.Time(Duration length) -> schedule.begin() + length.toNanos();
        };
    }

    private void sendDue(long last) throws ProbeException {
        long now = connection.now();
        for (int i = 0; i < BURST && taken < last && schedule.dueAt(taken) <= now; i++) {
            ProbeMessages.number(message, taken, schedule.dueAt(taken));
            if (!connection.send(message, plan.channel())) {
                return; // it stays due since then
            }
            taken++;
        }
    }

    /// Returns how many pings have left: one that was answered has, and so have those before it.
    private long sent() {
        return Math.max(connection.sent(taken), tracker.next());
    }

    private long waitNanos() {
        return plan.spins() ? 0 : schedule.dueAt(taken) - connection.now();
    }

    /// Waits for the answers that are on their way.
    ///
    /// @return the first ping whose answer may come yet
    private long awaitAnswers() {
        long timeout = (plan.channel().kind().isReliable() ? connection.timeout() : TIMEOUT).toNanos();
        long begin = connection.now();
        long left = sent();
        long late = left < taken ? begin - schedule.dueAt(left) : 0; // what leaves now was due so long ago
        while (tracker.distinct() < taken
                && connection.now() - begin < timeout
                && !connection.isOver()
                && !connection.isOutOfTime()) {
            connection.turn(plan.spins() ? 0 : begin + timeout - connection.now());
        }
        return connection.isServerGone()
                ? taken
                : Math.min(left, schedule.countBefore(connection.now() - timeout - late + 1));
    }

    private void receive(ReceivedMessage receivedMessage) {
        if (receivedMessage.typeId() != ProbeMessages.PONG_ID) {
            return;
        }
        int number = ProbeMessages.pongNumber(receivedMessage.payload());
        if (number >= 0 && number < taken && tracker.take(number)) {
            long nanos = Math.clamp(connection.now() - schedule.dueAt(number), 1, MAX_NANOS);
            minNanos = Math.min(minNanos, nanos);
            maxNanos = Math.max(maxNanos, nanos);
            histogram.recordValue(nanos);
        }
    }

    private PingResult result(Duration length, long sent, long firstPending) {
        long answered = tracker.distinct();
        long pending = tracker.missing(firstPending, sent);
        var counts = new PingResult.Counts(
                sent, answered, sent - answered - pending, pending, tracker.duplicates(), tracker.outOfOrder());
        return new PingResult(counts, roundTrips(), length, connection.brokenOff());
    }

    private PingResult.@Nullable RoundTrips roundTrips() {
        if (histogram.getTotalCount() == 0) {
            return null;
        }
        return new PingResult.RoundTrips(
                Duration.ofNanos(minNanos),
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(99.9),
                Duration.ofNanos(maxNanos));
    }

    private Duration percentile(double percent) {
        return Duration.ofNanos(Math.clamp(histogram.getValueAtPercentile(percent), minNanos, maxNanos));
    }
}
