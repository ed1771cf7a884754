package dev.pitot.engine.session;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.evidence.EvidenceMeter;
import dev.pitot.engine.interval.CpuMeter;
import dev.pitot.engine.interval.IntervalMeter;
import dev.pitot.engine.interval.ReceiveWindow;
import dev.pitot.engine.interval.StreamSnapshots;
import dev.pitot.engine.latency.LatencyMeter;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.engine.stream.UdpReceiver;
import dev.pitot.engine.stream.WriteTimes;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.time.NanoClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Running part of a test at one end: the streams, the interval meter and the announcement of intervals.
/// Belongs to the session's thread; [#onEndRead()] may be called by any.
public final class Measurement implements AutoCloseable {
    private final StreamThreads streamThreads;
    private final IntervalMeter meter;
    private final LatencyMeter latency;
    private final EvidenceMeter evidence;
    private final CpuMeter cpuMeter;
    private final List<Watchdog> watchdogs;
    private final TransferLimit limits;
    private final EventDispatcher eventDispatcher;
    private final NanoClock clock;
    private final InstantSource wallClock;
    private CpuUsage cpu = new CpuUsage(0, 0, 0);
    private volatile boolean started; // written by the session's thread alone
    private boolean running;
    private boolean armed;
    private boolean finished;
    private boolean hasAllEvidence;
    private long startNanos;
    private boolean isStopRequested; // guarded by this, like the next field
    private long endNanos; // when this end decided on the end, or read it
    private long stoppedNanos; // when its senders ended
    private final boolean receives;
    private final boolean receivesDatagrams;
    private @Nullable Interval rest;

    /// Meters that the session's thread reads while data flows.
    record Meters(IntervalMeter intervals, LatencyMeter latency) {}

    /// Prepares everything, so that nothing needs to be loaded or allocated during the test.
    Measurement(
            StreamThreads streamThreads,
            Meters meters,
            TransferLimit limits,
            List<Watchdog> watchdogs,
            SessionContext context,
            EventDispatcher eventDispatcher) {
        this.streamThreads = streamThreads;
        meter = meters.intervals();
        latency = meters.latency();
        this.limits = limits;
        this.eventDispatcher = eventDispatcher;
        clock = context.clock();
        wallClock = context.wallClock();
        cpuMeter = new CpuMeter(context.sockets());
        evidence = new EvidenceMeter(streamThreads, context.sockets()::threadTimes, context.sockets()::hostCounters);
        receives = streamThreads.streams().stream()
                .anyMatch(open -> !open.info().role().isSender());
        receivesDatagrams = streamThreads.streams().stream().anyMatch(open -> open.stream() instanceof UdpReceiver);
        this.watchdogs = watchdogs;
    }

    /// Starts the streams' threads, which wait for [#start()].
    void prepare() {
        streamThreads.prepare();
    }

    /// Starts the clock and the streams.
    public void start() {
        Instant time = wallClock.instant();
        long now = clock.nanoTime();
        startNanos = now;
        started = true;
        running = true;
        meter.start(now);
        latency.start(now);
        evidence.start(now);
        cpuMeter.start(now);
        for (Watchdog watchdog : watchdogs) {
            watchdog.start(now);
        }
        armWhenCounting();
        streamThreads.start(now);
        eventDispatcher.announce(new TestEvent.Started(time));
    }

    /// True if data has flowed, so that there is something to report.
    public boolean hasStarted() {
        return started;
    }

    /// True while streams transfer data.
    public boolean isRunning() {
        return running;
    }

    /// Nanoseconds until [#lookIfDue(long)] has work to do; `Long.MAX_VALUE` if it has none any more.
    public long nanosUntilDue(long nowNanos) {
        if (isStopRequested()) {
            return Long.MAX_VALUE;
        }
        long due = Math.min(meter.nanosUntilDue(nowNanos), latency.nanosUntilDue(nowNanos));
        due = Math.min(due, evidence.nanosUntilDue(nowNanos));
        for (Watchdog watchdog : watchdogs) {
            due = Math.min(due, watchdog.nanosBetweenLooks());
        }
        return due;
    }

    /// Announces the interval that has ended, if any, and reads the round trips of the senders if it is time. Does
    /// nothing once the senders were asked to stop: no interval, warm-up or reading ends after the test.
    public void lookIfDue(long nowNanos) {
        if (isStopRequested()) {
            return;
        }
        latency.lookIfDue(nowNanos);
        Interval interval = meter.lookIfDue(nowNanos);
        evidence.lookIfDue(nowNanos, meter.isOmitting());
        armWhenCounting();
        if (interval != null) {
            eventDispatcher.announce(new TestEvent.IntervalDone(interval));
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

    /// Returns the alarm of a watchdog, or null if there is none.
    @Nullable Event alarm(long nowNanos) {
        for (Watchdog watchdog : running && !isStopRequested() ? watchdogs : List.<Watchdog>of()) {
            Event event = watchdog.look(nowNanos);
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    /// Ends the test on the client: stops the senders and the counting. Receivers of bytes keep reading
    /// until their connections are closed, so that a server that blocks in sending notices the end of the
    /// test (iperf3 clients do so too); data that still arrives is not counted. Datagrams are counted
    /// until [#finish(long)]: those in flight are not lost.
    public void stop() {
        if (running) {
            stopSenders();
            if (!receivesDatagrams) { // first of all: receivers of bytes go on counting
                long now = clock.nanoTime();
                finish(new ReceiveWindow(startNanos, now, now, 0));
            }
            readAtStop();
        }
    }

    /// Shuts down sending, even if the last block is incomplete: receivers of iperf3 count a block when
    /// it is complete, or when the stream ends.
    public void endSending() {
        streamThreads.endSending();
    }

    /// Ends the test on the server, when it is notified of the end: stops the senders and closes byte
    /// streams. Datagrams are counted until [#finish(long)], as on a client.
    public void hangUp() {
        if (running) {
            requestStop();
            streamThreads.endSending(); // a sender may wait for a client that reads no more
            stopSenders();
            readAtStop();
            if (!receivesDatagrams) {
                streamThreads.abort();
            }
        }
    }

    /// Ends the counting after the other end has stopped sending: data that has not arrived by now is
    /// lost. Does nothing while data flows, or if called again.
    ///
    /// @param sentNanos duration of sending by the other end's clock; 0 where unknown, and on a client
    public void finish(long sentNanos) {
        if (started && !running && !finished) {
            streamThreads.abort();
            long last = streamThreads.lastArrivalNanos(startNanos);
            finish(new ReceiveWindow(streamThreads.firstArrivalNanos(last), last, endNanos(), sentNanos));
        }
    }

    /// Has the senders stop when the end of the test was read, before the session's thread handles it with
    /// [#hangUp()]. Only at an end that does nothing but send, since receivers wait for what is on its way.
    /// Does nothing before the start. Any thread.
    void onEndRead() {
        if (started && !receives) {
            requestStop();
            streamThreads.endSending();
        }
    }

    private synchronized void requestStop() {
        if (!isStopRequested) {
            isStopRequested = true;
            endNanos = clock.nanoTime();
            streamThreads.requestStop(StreamRole.SENDER);
        }
    }

    private synchronized boolean isStopRequested() {
        return isStopRequested;
    }

    private synchronized long endNanos() {
        return endNanos;
    }

    private void stopSenders() {
        running = false;
        requestStop();
        long earliest = limits.endsWithData() ? startNanos : endNanos(); // senders end by themselves
        stoppedNanos = streamThreads.awaitEnd(StreamRole.SENDER, earliest);
    }

    private void readAtStop() {
        long endedNanos = endNanos(); // senders that ended by themselves may have done so before the last reading
        evidence.stop(stoppedNanos - endedNanos > 0 ? stoppedNanos : endedNanos);
        cpu = cpuMeter.usage(clock.nanoTime());
    }

    private void finish(ReceiveWindow received) {
        finished = true;
        rest = meter.finish(stoppedNanos, received);
    }

    /// True once [#readings()] and [#totals()] are final.
    public boolean isFinished() {
        return finished;
    }

    /// Announces the last, partial interval, if there is one, and reads what needs time. Separate
    /// from `stop`, because the peer is notified of the end first.
    public void announceRest() {
        if (finished && !hasAllEvidence) {
            hasAllEvidence = true;
            evidence.finish(clock.nanoTime());
            latency.addWrites(WriteTimes.of(streamThreads.streams()));
        }
        if (rest != null) {
            eventDispatcher.announce(new TestEvent.IntervalDone(rest));
            rest = null;
        }
    }

    public CpuUsage cpu() {
        return cpu;
    }

    /// Totals of every stream by this end's counters alone.
    public List<Summary.OfStream> totals() {
        return meter.totals();
    }

    /// Counters of every stream, in the order of [#totals()].
    List<StreamSnapshots> readings() {
        return meter.readings();
    }

    /// Measurements beyond iperf's totals, as of the last reading.
    Evidence evidence() {
        Latency roundTrips = latency.latency();
        RoundTripStatistics floor = roundTrips.floor();
        return new Evidence(
                roundTrips,
                evidence.streams(),
                evidence.directions(floor == null ? Double.MAX_VALUE : floor.minMicros()),
                new Evidence.Hosts(evidence.host(), null));
    }

    /// Length of the counted part so far, as of the last reading.
    public long countedNanos() {
        return meter.countedNanos();
    }

    /// Bytes sent or received by the streams of a role since counting began, as of now.
    public long countedBytes(StreamRole role) {
        return meter.countedBytes(role);
    }

    /// True if all streams of a role have ended: a receiver's with the last byte of its peer.
    public boolean hasEnded(StreamRole role) {
        return streamThreads.hasEnded(role);
    }

    /// Time since the start of the test, warm-up included.
    long runningNanos(long nowNanos) {
        return nowNanos - startNanos;
    }

    public List<OpenStream> streams() {
        return streamThreads.streams();
    }

    /// Stops the threads and closes the connections.
    @Override
    public void close() {
        streamThreads.close();
    }
}
