package dev.pitot.engine.evidence;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.model.finding.DirectionReadings;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Evidence.EndOfStream;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.socket.TcpInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reader of what the kernel knows of a test: about each stream at the beginning and the end of the
/// measured part, about losses and rate of each direction all along, about the host before and after.
/// Belongs to the session's thread.
public final class EvidenceMeter {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// As many streams are read in one period; with more, the period is longer, so that there are never more
    /// than 400 readings a second.
    private static final int STREAMS_PER_PERIOD = 20;

    /// Threads are read less often: each reads a file.
    private static final int READINGS_PER_THREAD_READING = 10;

    private final StreamThreads threads;
    private final LongFunction<Evidence.@Nullable ThreadTimes> threadTimes;
    private final Supplier<KernelValues<HostCounter>> hostCounters;
    private final List<StreamEvidence> streams = new ArrayList<>();
    private final Map<StreamRole, DirectionReadings> directions = new EnumMap<>(StreamRole.class);
    private final long periodNanos;
    private final KernelValues<HostCounter> hostBefore;
    private KernelValues<HostCounter> host;
    private long dueNanos;
    private boolean running;
    private boolean counting;
    private boolean stopped;
    private long stopNanos;
    private long readings;

    /// Reads the host's counters.
    ///
    /// @param threadTimes times of the thread with this number; null if they are unknown, or if it has ended
    /// @param hostCounters source of the host's counters
    public EvidenceMeter(
            StreamThreads threads,
            LongFunction<Evidence.@Nullable ThreadTimes> threadTimes,
            Supplier<KernelValues<HostCounter>> hostCounters) {
        this.threads = threads;
        this.threadTimes = threadTimes;
        this.hostCounters = hostCounters;
        List<OpenStream> open = threads.streams();
        for (int i = 0; i < open.size(); i++) {
            streams.add(new StreamEvidence(open.get(i), i));
            directions.computeIfAbsent(open.get(i).info().role(), _ -> new DirectionReadings());
        }
        periodNanos = PERIOD_NANOS * Math.ceilDiv(open.size(), STREAMS_PER_PERIOD);
        hostBefore = hostCounters.get();
        host = hostBefore;
    }

    /// Starts the readings.
    public void start(long nowNanos) {
        dueNanos = nowNanos;
        running = true;
    }

    /// Nanoseconds until the next reading; `Long.MAX_VALUE` if there is none.
    public long nanosUntilDue(long nowNanos) {
        return running ? Math.max(0, dueNanos - nowNanos) : Long.MAX_VALUE;
    }

    /// Takes a reading if one is due, once the warm-up is over.
    ///
    /// @param isOmitting true during the warm-up
    public void lookIfDue(long nowNanos, boolean isOmitting) {
        if (!running || nowNanos - dueNanos < 0) {
            return;
        }
        dueNanos = nowNanos + periodNanos;
        if (!isOmitting) {
            read(nowNanos, false);
            if (readings++ % READINGS_PER_THREAD_READING == 0) {
                streams.forEach(stream -> stream.readThread(nowNanos));
            }
        }
    }

    /// @param isLast true if the senders were stopped: then it is not their windows that they do not use
    private void read(long nowNanos, boolean isLast) {
        for (Map.Entry<StreamRole, DirectionReadings> direction : directions.entrySet()) {
            var sums = new Sums();
            for (StreamEvidence stream : streams) {
                if (stream.open.info().role() == direction.getKey()) {
                    stream.read(sums, !counting, nowNanos);
                    if (!isLast) {
                        stream.readWindow(direction.getValue());
                    }
                }
            }
            direction.getValue().add(nowNanos, sums.bytes, sums.retransmits, sums.roundTripMicros);
        }
        counting = true;
    }

    /// Takes the last reading of the connections, just after the senders have stopped.
    public void stop(long nowNanos) {
        if (!stopped) {
            read(nowNanos, true);
            stopNanos = nowNanos;
            stopped = true;
            running = false;
        }
    }

    /// Takes the last reading of what has time after the end of the test, because it reads files, or may
    /// still change after the senders have stopped: the threads, which still exist, datagrams that the
    /// receivers' sockets dropped, and the host's counters. Called after [#stop(long)], since when only receivers
    /// have worked.
    public void finish(long nowNanos) {
        streams.forEach(stream -> stream.readThread(stream.open.info().role().isSender() ? stopNanos : nowNanos));
        streams.forEach(StreamEvidence::readDrops);
        host = hostCounters.get();
    }

    /// Evidence of the ends of the streams that are here, in the order of creation.
    public List<Evidence.OfStream> streams() {
        return streams.stream().map(StreamEvidence::evidence).toList();
    }

    /// Evidence of the directions, in the order of an interval's sums.
    ///
    /// @param floorMicros lowest round trip known, `Double.MAX_VALUE` if none is
    public List<Evidence.OfDirection> directions(double floorMicros) {
        return streams.stream()
                .map(stream -> stream.open.info().role())
                .distinct()
                .map(role -> direction(role, floorMicros))
                .toList();
    }

    private Evidence.OfDirection direction(StreamRole role, double floorMicros) {
        DirectionReadings readings = directions.getOrDefault(role, new DirectionReadings());
        return new Evidence.OfDirection(role, readings.losses(floorMicros), readings.rates(), readings.drainedShare());
    }

    /// What the host's counters have counted meanwhile.
    public KernelValues<HostCounter> host() {
        return host.since(hostBefore, HostCounter.class, _ -> Long.SIZE);
    }

    /// Sums over the streams of one direction at one moment.
    private static final class Sums {
        private long bytes;
        private long retransmits; // negative if unknown
        private double roundTripMicros;

        void add(long more, long again, double roundTrip) {
            bytes += more;
            retransmits = retransmits < 0 || again < 0 ? -1 : retransmits + again;
            roundTripMicros = Math.max(roundTripMicros, roundTrip);
        }
    }

    /// Readings of one stream.
    private final class StreamEvidence {
        private static final KernelValues<TcpField> NO_VALUES = KernelValues.of(TcpField.class, Map.of());

        private final OpenStream open;
        private final int index;
        private KernelValues<TcpField> before = NO_VALUES;
        private KernelValues<TcpField> now = NO_VALUES;
        private Evidence.@Nullable ThreadTimes threadBefore;
        private Evidence.@Nullable ThreadTimes thread;
        private long largestWindow = -1; // negative if unknown
        private @Nullable Long drops;

        StreamEvidence(OpenStream open, int index) {
            this.open = open;
            this.index = index;
        }

        /// @param isFirst true for the reading at the beginning of the measured part
        void read(Sums sums, boolean isFirst, long nowNanos) {
            TcpInfo info = open.tcpInfo();
            if (info != null) {
                now = info.fields();
            }
            if (isFirst) {
                before = now;
                threadBefore = threads.threadId(index) == 0
                        ? new Evidence.ThreadTimes(0, 0, nowNanos) // it begins just now
                        : times(nowNanos);
            }
            largestWindow = Math.max(largestWindow, now.get(TcpField.SND_WND).orElse(-1));
            boolean isSender = open.info().role().isSender();
            long moved = open.stream().snapshot().bytes();
            sums.add(
                    isSender ? now.get(TcpField.BYTES_ACKED).orElse(moved) : moved,
                    isSender ? now.get(TcpField.TOTAL_RETRANS).orElse(-1) : -1,
                    (double) now.get(TcpField.RTT).orElse(0));
        }

        /// Not of a stream that sends nothing now: it may be the end of its file.
        void readWindow(DirectionReadings readings) {
            long underway = now.get(TcpField.UNACKED).orElse(0);
            OptionalLong unsent = now.get(TcpField.NOTSENT_BYTES);
            OptionalLong congestion = now.get(TcpField.SND_CWND);
            OptionalLong segment = now.get(TcpField.SND_MSS);
            OptionalLong room = now.get(TcpField.SND_WND);
            if (!open.info().role().isSender()
                    || underway == 0
                    || unsent.isEmpty()
                    || congestion.isEmpty()
                    || segment.isEmpty()
                    || room.isEmpty()) {
                return;
            }
            boolean hasRoom =
                    underway < congestion.getAsLong() && (underway + 1) * segment.getAsLong() <= room.getAsLong();
            readings.addWindow(hasRoom && unsent.getAsLong() < segment.getAsLong());
        }

        /// A thread that has ended has no times any more: then those of the reading before stay.
        void readThread(long nowNanos) {
            Evidence.ThreadTimes last = times(nowNanos);
            if (last != null && threadBefore != null) {
                thread = last.since(threadBefore);
            }
        }

        private Evidence.@Nullable ThreadTimes times(long nowNanos) {
            Evidence.ThreadTimes times = threadTimes.apply(threads.threadId(index));
            return times == null
                    ? null
                    : new Evidence.ThreadTimes(times.runningNanos(), times.waitingNanos(), nowNanos);
        }

        void readDrops() {
            drops = open.receiveDrops();
        }

        private KernelValues<TcpField> values() {
            KernelValues<TcpField> last = now.since(before, TcpField.class, TcpField::counterBits);
            KernelValues.Builder<TcpField> values = KernelValues.builder(TcpField.class);
            for (TcpField field : TcpField.values()) {
                last.get(field).ifPresent(value -> values.put(field, value));
            }
            return largestWindow < 0
                    ? last
                    : values.put(TcpField.SND_WND, largestWindow).build();
        }

        Evidence.OfStream evidence() {
            boolean isSender = open.info().role().isSender();
            var end = new EndOfStream(values(), thread, isSender ? null : drops);
            return new Evidence.OfStream(open.info(), isSender ? end : null, isSender ? null : end);
        }
    }
}
