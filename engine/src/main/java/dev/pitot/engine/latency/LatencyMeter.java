package dev.pitot.engine.latency;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.WriteTimes;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TargetReport;
import dev.pitot.model.result.TcpField;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Round trips of one session: idle ones of its connections, loaded ones of its sending streams, and what
/// others contribute. Sends nothing. Belongs to the session's thread.
public final class LatencyMeter {
    /// Beginning of the load that does not count: its queues are still filling.
    private static final Duration CUT = Duration.ofSeconds(2);

    /// Part of a short test that does not count.
    private static final int SHORT_CUT = 5;

    /// First retransmission of a SYN (RFC 6298, 2.1): a connect that took longer is not one round trip.
    private static final long MAX_CONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Round trip between two continents.
    private static final Duration UNKNOWN_ROUND_TRIP = Duration.ofMillis(100);

    private static final long NANOS_PER_MICRO = 1000;

    private final RoundTripCollector connects = new RoundTripCollector(LatencyMethod.CONNECT);
    private final RoundTripCollector udpHandshakes = new RoundTripCollector(LatencyMethod.UDP_CONNECT);
    private final KernelFloor floor = new KernelFloor();
    private final List<RoundTripStatistics> idle = new ArrayList<>();
    private final Map<StreamRole, List<RoundTripStatistics>> loaded = new EnumMap<>(StreamRole.class);
    private List<StreamRole> roles = List.of();
    private boolean isOfDatagrams;
    private @Nullable EchoReport echo;
    private @Nullable TargetReport target;
    private @Nullable TcpRoundTripMeter meter;

    /// Takes the time of a TCP connect that has just been made. The kernel's own time of it is taken where
    /// there is one: this process may have waited for a processor or for its classes meanwhile.
    ///
    /// @param nanos time of the connect by this process's clock, without any resolution of names
    public void onConnected(TcpConnection connection, long nanos) {
        TcpInfo info = connection.info();
        if (info != null) {
            connects.add(info.fields().get(TcpField.RTT).orElse(0) * NANOS_PER_MICRO);
        } else if (nanos < MAX_CONNECT_NANOS) {
            connects.add(nanos);
        }
    }

    /// Takes the time from the connect message of a UDP stream to its reply, neither of which was
    /// retransmitted.
    public void onUdpConnected(long nanos) {
        udpHandshakes.add(nanos);
    }

    /// Adds idle round trips that were measured elsewhere.
    public void addIdle(RoundTripStatistics statistics) {
        idle.add(statistics);
    }

    /// Adds round trips under load that were measured elsewhere, by another method than what is there.
    ///
    /// @param role role of this end in the direction that was loaded
    public void addLoaded(StreamRole role, RoundTripStatistics statistics) {
        loaded.computeIfAbsent(role, _ -> new ArrayList<>()).add(statistics);
    }

    /// Adds the acknowledgement times of this end's writes, and their waits in its own queue.
    public void addWrites(WriteTimes times) {
        RoundTripStatistics acknowledged = times.acknowledged();
        if (acknowledged != null) {
            addLoaded(StreamRole.SENDER, acknowledged);
        }
        RoundTripStatistics queued = times.localQueue();
        if (queued != null) {
            addLoaded(StreamRole.SENDER, queued);
        }
    }

    /// Adds round trips under load that were measured elsewhere, beside all streams: they belong to each
    /// direction that was loaded.
    public void addLoaded(RoundTripStatistics statistics) {
        roles.forEach(role -> addLoaded(role, statistics));
    }

    /// Sets the result of the UDP echo.
    public void echo(EchoReport value) {
        echo = value;
    }

    /// Sets the result of the TCP connections to a target.
    public void target(TargetReport value) {
        target = value;
    }

    /// Prepares the readings, and takes the lowest round trips before the load.
    ///
    /// @param control connection on which both ends have exchanged messages
    public void prepare(TestConfig test, TcpConnection control, List<OpenStream> streams) {
        isOfDatagrams = test.protocol().isDatagram();
        roles = streams.stream().map(open -> open.info().role()).distinct().toList();
        look(KernelFloor.CONTROL, control.info());
        for (OpenStream stream : streams) {
            look(stream.info().id(), stream.tcpInfo());
        }
        meter = new TcpRoundTripMeter(streams, cutNanos(test), floor);
    }

    private void look(int connection, @Nullable TcpInfo info) {
        if (info != null) {
            floor.look(connection, info.fields());
        }
    }

    /// Returns the lowest round trip of a connection so far, or a long one where the system does not tell.
    public Duration lowestRoundTrip(TcpConnection control) {
        look(KernelFloor.CONTROL, control.info());
        return floor.lowest(KernelFloor.CONTROL).orElse(UNKNOWN_ROUND_TRIP);
    }

    /// Time from the start of the streams that does not count: the warm-up (`-O`), and at least the first 2 s
    /// or, of a test of less than 10 s, a fifth.
    static long cutNanos(TestConfig test) {
        long omitted = test.omit().toNanos();
        long whole = test.limit() instanceof Limit.ForDuration(Duration length)
                ? omitted + length.toNanos()
                : Long.MAX_VALUE;
        return Math.max(omitted, Math.min(CUT.toNanos(), whole / SHORT_CUT));
    }

    /// Starts the readings with the streams.
    public void start(long nowNanos) {
        if (meter != null) {
            meter.start(nowNanos);
        }
    }

    /// Nanoseconds until the next reading; `Long.MAX_VALUE` if there is none.
    public long nanosUntilDue(long nowNanos) {
        return meter == null ? Long.MAX_VALUE : meter.nanosUntilDue(nowNanos);
    }

    /// Takes a reading of the sending streams if one is due.
    public void lookIfDue(long nowNanos) {
        if (meter != null) {
            meter.lookIfDue(nowNanos);
        }
    }

    /// Returns everything measured so far.
    public Latency latency() {
        var quiet = new ArrayList<RoundTripStatistics>();
        addIfAny(floor.statistics(), quiet);
        addIfAny(connects.statistics(), quiet);
        addIfAny(udpHandshakes.statistics(), quiet);
        quiet.addAll(idle);
        return new Latency(quiet, roles.stream().map(this::direction).toList(), echo, target);
    }

    private DirectionLatency direction(StreamRole role) {
        var measured = new ArrayList<>(loaded.getOrDefault(role, List.of()));
        if (role.isSender() && meter != null) {
            addIfAny(meter.statistics(), measured);
        }
        return DirectionLatency.of(role, measured, obstacle(role));
    }

    /// Reason why this end itself has no round trips under load.
    private String obstacle(StreamRole role) {
        if (isOfDatagrams) {
            return "nothing acknowledges UDP datagrams";
        }
        if (!role.isSender()) {
            return "only the sending end sees the round trips";
        }
        if (meter == null || !meter.canMeasure()) {
            return "only TCP sockets of Linux report round trips";
        }
        return "the load was too short or too slow, " + meter.samples() + " samples of the "
                + Percentiles.MIN_SAMPLES_P50 + " that a median needs";
    }

    private static void addIfAny(@Nullable RoundTripStatistics statistics, List<RoundTripStatistics> all) {
        if (statistics != null) {
            all.add(statistics);
        }
    }
}
