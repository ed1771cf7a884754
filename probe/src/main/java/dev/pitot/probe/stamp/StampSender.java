package dev.pitot.probe.stamp;

import dev.pitot.model.latency.OneWayMeter;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.model.text.ErrorText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A Session-Sender: sends packets at an even rate and measures by the answers. For one measurement, by one
/// thread; any thread may cancel it.
public final class StampSender {
    private static final int MAX_BYTES = 2048; // of an answer: what is longer is cut off and not read
    private static final int BATCH = 64; // answers between two looks at what is due
    private static final long RESOLUTION_NANOS = 2_000; // of both clocks' readings together
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int TOS_SHIFT = 2;
    private static final int MAX_SESSION = 65_535;

    private final InetSocketAddress reflector;
    private final StampPlan plan;
    private final StampLayout layout;
    private final StampClock clock;
    private final AnswerTracker tracker = new AnswerTracker();
    private final OneWayMeter oneWay = new OneWayMeter(RESOLUTION_NANOS);
    private final Histogram histogram = new Histogram(1, TimeUnit.MINUTES.toNanos(2), DIGITS);
    private final ByteBuffer packet = ByteBuffer.allocate(MAX_BYTES);
    private final int session = ThreadLocalRandom.current().nextInt(1, MAX_SESSION + 1);
    private final int estimate;
    private volatile boolean isCancelled;
    private volatile @Nullable Selector waiting;
    private @Nullable ErrorEstimate remote;
    private int ttl;
    private long invalid;
    private long minNanos = Long.MAX_VALUE; // the histogram rounds
    private long maxNanos;
    private double sumNanos;

    /// Makes a measurement that has not begun.
    ///
    /// @param reflector with its port
    public StampSender(InetSocketAddress reflector, StampPlan plan) {
        this(reflector, plan, StampClock.system());
    }

    StampSender(InetSocketAddress reflector, StampPlan plan, StampClock clock) {
        this.reflector = reflector;
        this.plan = plan;
        this.clock = clock;
        layout = StampLayout.of(plan.options().key());
        estimate = plan.options().estimate().encode();
    }

    /// Sends all packets and waits for the last answers. To be called once. Interruption ends it as
    /// [#cancel()] does.
    ///
    /// @return what was measured until it ended
    /// @throws IOException with a sentence, if nothing can be sent there, or nobody has that port
    public StampResult run() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            waiting = selector;
            channel.setOption(StandardSocketOptions.IP_TOS, plan.dscp() << TOS_SHIFT);
            channel.configureBlocking(false);
            channel.connect(reflector);
            channel.register(selector, SelectionKey.OP_READ);
            exchange(channel, selector);
        } catch (PortUnreachableException e) {
            throw new IOException(
                    "nobody answers at " + ErrorText.of(reflector.getHostString(), reflector.getPort())
                            + ": start a reflector there (pitot stamp --reflect), or give its port",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "cannot send to " + ErrorText.of(reflector.getHostString(), reflector.getPort()) + ": "
                            + ErrorText.of(e),
                    e);
        }
        return result();
    }

    /// Ends the measurement: [#run()] returns within a second what it has. Any thread, at any time.
    public void cancel() {
        isCancelled = true;
        Selector selector = waiting;
        if (selector != null) {
            selector.wakeup();
        }
    }

    private void exchange(DatagramChannel channel, Selector selector) throws IOException {
        long begin = clock.now();
        long interval = plan.interval().toNanos();
        long end = Long.MAX_VALUE; // of waiting for the last answers
        while (!isOver(end)) {
            long due = begin + tracker.sent() * interval;
            if (tracker.sent() < plan.count() && due <= clock.now()) {
                send(channel);
                if (tracker.sent() == plan.count()) {
                    end = clock.now() + plan.timeout().toNanos();
                }
            }
            long next = tracker.sent() < plan.count() ? begin + tracker.sent() * interval : end;
            await(selector, next - clock.now());
            receive(channel);
        }
    }

    private boolean isOver(long end) {
        boolean isComplete = tracker.sent() == plan.count() && tracker.answered() == plan.count();
        return isCancelled || Thread.currentThread().isInterrupted() || isComplete || clock.now() - end >= 0;
    }

    private static void await(Selector selector, long nanos) throws IOException {
        if (nanos <= 0) {
            selector.selectNow();
        } else { // rounded up: a packet goes late rather than after turns that wait for nothing
            selector.select(Math.ceilDiv(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        selector.selectedKeys().clear();
    }

    private void send(DatagramChannel channel) throws IOException {
        int sequence = AnswerTracker.FIRST_SEQUENCE + (int) tracker.sent();
        long timestamp = plan.options().format().encode(StampClock.instant(clock.now()));
        packet.clear();
        new StampRequest(sequence, timestamp, estimate, session).write(packet, layout);
        StampKey key = plan.options().key();
        if (key != null) {
            key.sign(packet);
        }
        tracker.sent(timestamp);
        try {
            channel.write(packet.limit(layout.bytes()));
        } catch (PortUnreachableException e) { // answers an earlier packet
            refuse(e);
        } // a packet that does not fit the socket's buffer is lost like one on the way
    }

    private void receive(DatagramChannel channel) throws IOException {
        for (int i = 0; i < BATCH; i++) {
            packet.clear();
            try {
                if (channel.read(packet) <= 0) {
                    return;
                }
            } catch (PortUnreachableException e) {
                refuse(e);
                return;
            }
            take(clock.now());
        }
    }

    /// An ICMP message says that nobody listens. That ends a run that has no answer yet; later, the
    /// reflector may be starting again.
    private void refuse(PortUnreachableException e) throws PortUnreachableException {
        if (tracker.answered() == 0) {
            throw e;
        }
    }

    private void take(long returned) {
        packet.flip();
        StampKey key = plan.options().key();
        if (packet.limit() < layout.smallest() || (key != null && !key.verifies(packet))) {
            invalid++;
            return;
        }
        StampAnswer answer = StampAnswer.read(packet, layout);
        if (!tracker.isKnown(answer.request())) {
            invalid++;
            return;
        }
        if (tracker.answered(answer.request().sequence(), answer.sequence())) {
            measure(answer, returned);
        }
    }

    private void measure(StampAnswer answer, long returned) {
        ErrorEstimate its = ErrorEstimate.decode(answer.error());
        remote = its;
        ttl = answer.ttl() == StampAnswer.UNKNOWN_TTL ? 0 : answer.ttl();
        long sent = plan.options().format().decode(answer.request().timestamp(), returned);
        long received = its.format().decode(answer.received(), returned);
        long answered = its.format().decode(answer.timestamp(), returned);
        if (!oneWay.add(sent, received, answered, returned)) {
            invalid++;
            return;
        }
        long nanos = Math.clamp(returned - sent - (answered - received), 1, histogram.getHighestTrackableValue());
        histogram.recordValue(nanos);
        minNanos = Math.min(minNanos, nanos);
        maxNanos = Math.max(maxNanos, nanos);
        sumNanos += nanos;
    }

    private StampResult result() {
        var counts = new StampResult.Counts(
                tracker.sent(), tracker.answered(), tracker.duplicates(), tracker.reordered(), invalid);
        var clocks = new StampResult.Clocks(remote, Duration.ofNanos(clock.step()), ttl);
        return new StampResult(counts, tracker.loss(), roundTrips(), oneWay.result(), clocks);
    }

    private @Nullable RoundTripStatistics roundTrips() {
        long samples = histogram.getTotalCount();
        if (samples == 0) {
            return null;
        }
        return new RoundTripStatistics(
                LatencyMethod.STAMP,
                samples,
                minNanos / NANOS_PER_MICRO,
                sumNanos / samples / NANOS_PER_MICRO,
                Percentiles.of(
                        samples,
                        percent -> Math.clamp(histogram.getValueAtPercentile(percent), minNanos, maxNanos)
                                / NANOS_PER_MICRO),
                maxNanos / NANOS_PER_MICRO);
    }
}
