package dev.pitot.probe.rpm;

import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Load in one direction, or both, until goodput and then responsiveness are stable, or the time is over (draft,
/// section "Final Algorithm"). Used by the thread that measures; probes end on others.
final class LoadPhase implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int BITS_PER_BYTE = 8;

    private final RpmDirection direction;
    private final RpmContext context;
    private final RpmOptions options;
    private final NanoClock clock;
    private final List<LoadConnection> down = new ArrayList<>();
    private final List<LoadConnection> up = new ArrayList<>();
    private final ProbeTimes times;
    private final SplittableRandom random = new SplittableRandom();
    private final AtomicInteger pending = new AtomicInteger(); // probes without an answer
    private final StabilityDetector goodputTest;
    private final StabilityDetector responsivenessTest;
    private final MovingAverage downAverage;
    private final MovingAverage upAverage;

    private long tickAt;
    private long probeAt = Long.MAX_VALUE; // none before goodput is known
    private long probeGap = Long.MAX_VALUE;
    private boolean isForeignNext = true;
    private Bytes last = new Bytes(0, 0);
    private long lastNanos;
    private int intervals;
    private int responsivenessIntervals;
    private boolean isGoodputStable;
    private boolean isStable;
    private volatile boolean isClosed;
    private RpmScore.@Nullable Goodput goodput;
    private @Nullable RpmTerms terms;

    private record Bytes(long down, long up) {}

    LoadPhase(RpmDirection direction, RpmContext context) {
        this.direction = direction;
        this.context = context;
        options = context.options();
        clock = context.clients().clock();
        RpmOptions.StabilityPlan plan = options.stability();
        times = new ProbeTimes(plan);
        goodputTest = new StabilityDetector(plan);
        responsivenessTest = new StabilityDetector(plan);
        downAverage = new MovingAverage(plan.distance());
        upAverage = new MovingAverage(plan.distance());
    }

    /// Loads, probes and returns what is known in the end, also if it was asked to stop.
    RpmScore run() {
        RpmStop stop = context.stop();
        long begin = clock.nanoTime();
        long end = begin + options.limit().toNanos();
        lastNanos = begin;
        tickAt = begin + options.interval().toNanos();
        connect(options.load().first());
        while (!isStable && !stop.isRequested() && clock.nanoTime() - end < 0) {
            stop.await(Math.min(untilProbe(), Math.min(tickAt, end) - clock.nanoTime()));
            long now = clock.nanoTime();
            if (probeAt != Long.MAX_VALUE && now - probeAt >= 0 && !stop.isRequested()) {
                probe(now);
            }
            if (now - tickAt >= 0) {
                tick(now, begin);
            }
        }
        return score(Duration.ofNanos(clock.nanoTime() - begin));
    }

    private long untilProbe() {
        return probeAt == Long.MAX_VALUE ? Long.MAX_VALUE : probeAt - clock.nanoTime();
    }

    private void connect(int count) {
        int more = Math.min(count, options.load().most() - connections());
        for (int i = 0; i < more; i++) {
            if (direction.hasDownload()) {
                connect(down, false);
            }
            if (direction.hasUpload()) {
                connect(up, true);
            }
        }
    }

    private void connect(List<LoadConnection> to, boolean isUpload) {
        var connection = context.connection();
        to.add(connection);
        connection.load(isUpload, context.stop()::fail);
    }

    /// Returns the connections in each direction.
    private int connections() {
        return Math.max(down.size(), up.size());
    }

    private void tick(long now, long begin) {
        intervals++;
        double seconds = (now - lastNanos) / NANOS_PER_SECOND;
        var bytes = new Bytes(
                down.stream().mapToLong(LoadConnection::received).sum(),
                up.stream().mapToLong(LoadConnection::sent).sum());
        double downRate = (bytes.down() - last.down()) * BITS_PER_BYTE / seconds;
        double upRate = (bytes.up() - last.up()) * BITS_PER_BYTE / seconds;
        last = bytes;
        lastNanos = now;
        tickAt = now + options.interval().toNanos();
        double downMean = downAverage.add(downRate);
        double upMean = upAverage.add(upRate);
        RpmTerms latest = times.endInterval();
        terms = latest;
        test(downMean + upMean, latest);
        goodput = new RpmScore.Goodput(
                direction.hasDownload() ? downMean : null,
                direction.hasUpload() ? upMean : null,
                RpmConfidence.of(isGoodputStable, intervals, options.stability().distance()));
        context.listener()
                .progress(new RpmProgress(
                        direction, Duration.ofNanos(now - begin), connections(), downRate + upRate, latest.rpm()));
        if (!isStable) {
            connect(options.load().added());
            schedule(now, downMean + upMean);
        }
    }

    /// Tests stability: of responsiveness only once goodput is stable.
    private void test(double average, RpmTerms latest) {
        if (!isGoodputStable) {
            isGoodputStable = goodputTest.add(average);
            return;
        }
        responsivenessIntervals++;
        Double figure = areMultiplexed() ? latest.rpm() : latest.foreign();
        isStable = figure != null && responsivenessTest.add(figure);
    }

    private void schedule(long now, double bitsPerSecond) {
        long gap = ProbePace.nanos(options.probes(), bitsPerSecond);
        long due = gap == Long.MAX_VALUE ? Long.MAX_VALUE : now + gap;
        if (probeAt == Long.MAX_VALUE || due - probeAt < 0 || due == Long.MAX_VALUE) {
            probeAt = due;
        }
        probeGap = gap;
    }

    private void probe(long now) {
        probeAt = now - probeAt > probeGap ? now + probeGap : probeAt + probeGap;
        if (pending.get() > options.probes().perSecond()) {
            return; // more would wait for the same
        }
        if (isForeignNext) {
            track(context.foreign(), times::add);
        } else {
            List<LoadConnection> able = new ArrayList<>();
            down.stream().filter(LoadConnection::canProbe).forEach(able::add);
            up.stream().filter(LoadConnection::canProbe).forEach(able::add);
            if (!able.isEmpty()) {
                track(able.get(random.nextInt(able.size())).probe(), millis -> millis.ifPresent(times::addSelf));
            }
        }
        isForeignNext = !isForeignNext;
    }

    private <T> void track(CompletableFuture<T> probe, Consumer<T> taker) {
        pending.incrementAndGet();
        var _ = probe.whenComplete((value, failure) -> {
            pending.decrementAndGet();
            if (failure != null && !isClosed) {
                context.stop().fail(HttpFailure.sentence(failure));
            } else if (value != null) {
                taker.accept(value);
            }
        });
    }

    /// Returns whether every connection that is open can be shared.
    private boolean areMultiplexed() {
        return down.stream().allMatch(LoadConnection::isMultiplexed)
                && up.stream().allMatch(LoadConnection::isMultiplexed);
    }

    private RpmScore score(Duration length) {
        RpmScore.Goodput known = goodput == null ? new RpmScore.Goodput(null, null, RpmConfidence.LOW) : goodput;
        return new RpmScore(
                direction,
                terms == null ? times.terms() : terms,
                known,
                RpmConfidence.of(
                        isStable, responsivenessIntervals, options.stability().distance()),
                new RpmScore.Load(connections(), length, areMultiplexed()));
    }

    /// Ends the load.
    @Override
    public void close() {
        isClosed = true;
        down.forEach(LoadConnection::close);
        up.forEach(LoadConnection::close);
    }
}
