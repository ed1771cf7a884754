package dev.pitot.engine.session;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.interval.CpuMeter;
import dev.pitot.engine.interval.IntervalMeter;
import dev.pitot.engine.interval.ReceiveWindow;
import dev.pitot.engine.interval.StreamReadings;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Transfer;
import dev.pitot.engine.stream.UdpReceiver;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Cpu;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.time.NanoClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The running part of a test at one end: streams that move, a meter that looks, and the
/// announcement of what it saw. Belongs to the session's thread.
public final class Measurement implements AutoCloseable {
    private final Transfer transfer;
    private final IntervalMeter meter;
    private final CpuMeter cpuMeter;
    private final List<Watch> watches;
    private final LimitWatch limits;
    private final Announcer announcer;
    private final NanoClock clock;
    private final InstantSource wallClock;
    private Cpu cpu = new Cpu(0, 0, 0);
    private boolean started;
    private boolean running;
    private boolean armed;
    private boolean finished;
    private long startNanos;
    private long endNanos; // when this end decided on the end, or heard of it
    private long stoppedNanos; // when its senders rested
    private final boolean receivesDatagrams;
    private @Nullable Interval rest;

    /// Prepares everything, so that nothing needs to be loaded or allocated on the test's own
    /// time.
    public Measurement(
            Transfer transfer,
            IntervalMeter meter,
            LimitWatch limits,
            List<Watch> watches,
            Surroundings surroundings,
            Announcer announcer) {
        this.transfer = transfer;
        this.meter = meter;
        this.limits = limits;
        this.announcer = announcer;
        clock = surroundings.clock();
        wallClock = surroundings.wallClock();
        cpuMeter = new CpuMeter(surroundings.sockets());
        receivesDatagrams = transfer.streams().stream().anyMatch(open -> open.stream() instanceof UdpReceiver);
        this.watches = watches;
    }

    /// Time begins, and the streams with it.
    public void start() {
        Instant time = wallClock.instant();
        long now = clock.nanoTime();
        startNanos = now;
        started = true;
        running = true;
        meter.start(now);
        cpuMeter.start(now);
        for (Watch watch : watches) {
            watch.start(now);
        }
        armWhenCounting();
        transfer.start(now);
        announcer.announce(new TestEvent.Started(time));
    }

    /// Whether data has flowed: whether there is anything to report.
    public boolean hasStarted() {
        return started;
    }

    /// Whether streams still move.
    public boolean isRunning() {
        return running;
    }

    /// Nanoseconds until [#lookIfDue(long)] has something to do.
    public long nanosUntilDue(long nowNanos) {
        long due = meter.nanosUntilDue(nowNanos);
        for (Watch watch : watches) {
            due = Math.min(due, watch.nanosBetweenLooks());
        }
        return due;
    }

    /// Announces the interval that has ended, if one has.
    public void lookIfDue(long nowNanos) {
        Interval interval = meter.lookIfDue(nowNanos);
        armWhenCounting();
        if (interval != null) {
            announcer.announce(new TestEvent.IntervalDone(interval));
        }
    }

    private void armWhenCounting() {
        if (!armed && !meter.isOmitting()) {
            armed = true;
            limits.arm();
        }
    }

    public boolean isOver(long nowNanos) {
        return running && meter.isOver(nowNanos);
    }

    /// What a watch has noticed, or null if all is well.
    @Nullable Event alarm(long nowNanos) {
        for (Watch watch : running ? watches : List.<Watch>of()) {
            Event event = watch.look(nowNanos);
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    /// The client's end: senders rest, and nothing counts any more. Receivers of bytes go on
    /// reading until their connections are closed, so that a server that blocks in sending
    /// notices that the test is over (iperf's clients do so too); what still arrives belongs to
    /// no result. Datagrams count on until [#settle(long)]: those under way are not lost.
    public void stop() {
        if (running) {
            stopSenders();
            if (!receivesDatagrams) {
                finish(new ReceiveWindow(startNanos, stoppedNanos, stoppedNanos, 0));
            }
        }
    }

    /// Nothing more will be sent, though the last block be incomplete: receivers of iperf's count
    /// one when it is complete, or when the stream ends.
    public void endSending() {
        transfer.endSending();
    }

    /// The server's end, when it hears of it: its senders rest, and it hangs up on streams of
    /// bytes. Datagrams count on until [#settle(long)], as do those of a client.
    public void hangUp() {
        if (running) {
            stopSenders();
            if (!receivesDatagrams) {
                transfer.cut();
                stoppedNanos = clock.nanoTime();
                endNanos = stoppedNanos;
            }
        }
    }

    /// The other end has stopped sending: what has not arrived by now is lost. Does nothing while data
    /// flows, and the second time.
    ///
    /// @param sentNanos how long the other end sent, by its own clock; 0 where that is unknown, and on a client
    public void settle(long sentNanos) {
        if (started && !running && !finished) {
            transfer.cut();
            long last = transfer.lastArrivalNanos(startNanos);
            finish(new ReceiveWindow(transfer.firstArrivalNanos(last), last, endNanos, sentNanos));
        }
    }

    private void stopSenders() {
        running = false;
        endNanos = clock.nanoTime();
        transfer.stop(StreamRole.SENDER);
        stoppedNanos = clock.nanoTime();
        cpu = cpuMeter.usage(stoppedNanos);
    }

    private void finish(ReceiveWindow received) {
        finished = true;
        rest = meter.finish(stoppedNanos, received);
    }

    /// Whether [#readings()] and [#totals()] are final.
    public boolean isFinished() {
        return finished;
    }

    /// Announces the last part of an interval, if there is one. Apart from `stop`, because the
    /// peer is to hear of the end first.
    public void announceRest() {
        if (rest != null) {
            announcer.announce(new TestEvent.IntervalDone(rest));
            rest = null;
        }
    }

    public Cpu cpu() {
        return cpu;
    }

    /// What this end alone knows of every stream.
    public List<Summary.OfStream> totals() {
        return meter.totals();
    }

    /// The counters of every stream, in the order of [#totals()].
    List<StreamReadings> readings() {
        return meter.readings();
    }

    /// How long the counted part has lasted, as of the last look.
    public long countedNanos() {
        return meter.countedNanos();
    }

    /// Bytes that streams of a role have moved since counting began, as of now.
    public long countedBytes(StreamRole role) {
        return meter.countedBytes(role);
    }

    /// How long the test has lasted, warm-up included.
    long runningNanos(long nowNanos) {
        return nowNanos - startNanos;
    }

    public List<OpenStream> streams() {
        return transfer.streams();
    }

    /// Frees threads and connections.
    @Override
    public void close() {
        transfer.close();
    }
}
