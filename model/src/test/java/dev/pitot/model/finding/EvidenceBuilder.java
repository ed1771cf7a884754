package dev.pitot.model.finding;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Evidence.EndOfStream;
import dev.pitot.model.result.Evidence.ThreadTimes;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import dev.pitot.model.unit.Bitrate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Evidence of a client's test of 10 s with one stream that it sends: nothing is wrong with it unless a test
/// says so.
final class EvidenceBuilder {
    static final long SECONDS = 10;
    static final long NANOS = SECONDS * 1_000_000_000;
    static final long BYTES = 125_000_000; // 100 Mbit/s

    private final Map<TcpField, Long> sender = new EnumMap<>(TcpField.class);
    private final Map<HostCounter, Long> remoteHost = new EnumMap<>(HostCounter.class);
    private TestConfig.Builder test = TestConfig.builder();
    private @Nullable ThreadTimes senderThread = new ThreadTimes(NANOS / 10, 0, NANOS);
    private @Nullable ThreadTimes receiverThread = new ThreadTimes(NANOS / 10, 0, NANOS);
    private @Nullable Long socketDrops;
    private @Nullable LossTiming losses = new LossTiming(200, 0, 0, null);
    private @Nullable RateSpread rates = new RateSpread(10, 0.01, 0.01);
    private @Nullable Double drained = 0.0;
    private double loadedMicros = 1500;
    private @Nullable Double localQueueMicros = 100.0;
    private long bytes = BYTES;
    private long packets;
    private long lost;
    private boolean isUdp;
    private boolean isSenderKnown = true;

    EvidenceBuilder() {
        for (TcpField field : TcpField.values()) {
            if (field.isCounter()) {
                sender.put(field, 0L);
            }
        }
        tcp(TcpField.BUSY_TIME, SECONDS * 1_000_000)
                .tcp(TcpField.BYTES_SENT, BYTES)
                .tcp(TcpField.BYTES_ACKED, BYTES)
                .tcp(TcpField.DELIVERED, BYTES / 1448)
                .tcp(TcpField.SND_WND, 4_000_000)
                .tcp(TcpField.MIN_RTT, 1000)
                .tcp(TcpField.SND_MSS, 1448);
        for (HostCounter counter : HostCounter.values()) {
            remoteHost.put(counter, 0L);
        }
        rate(BYTES * 8 / SECONDS); // as asked for: else the path would be the limit
    }

    EvidenceBuilder tcp(TcpField field, long value) {
        sender.put(field, value);
        return this;
    }

    EvidenceBuilder without(TcpField field) {
        sender.remove(field);
        return this;
    }

    EvidenceBuilder receiverHost(HostCounter counter, long value) {
        remoteHost.put(counter, value);
        return this;
    }

    EvidenceBuilder rate(long bitsPerSecond) {
        test = test.pacing(Pacing.NONE.withTarget(new Bitrate(bitsPerSecond)));
        return this;
    }

    EvidenceBuilder unlimited() {
        return rate(0);
    }

    EvidenceBuilder bytes(long value) {
        bytes = value;
        return this;
    }

    EvidenceBuilder senderThread(@Nullable ThreadTimes times) {
        senderThread = times;
        return this;
    }

    EvidenceBuilder receiverThread(@Nullable ThreadTimes times) {
        receiverThread = times;
        return this;
    }

    EvidenceBuilder losses(@Nullable LossTiming timing) {
        losses = timing;
        return this;
    }

    EvidenceBuilder drained(double share) {
        drained = share;
        return this;
    }

    EvidenceBuilder rates(@Nullable RateSpread spread) {
        rates = spread;
        return this;
    }

    EvidenceBuilder loadedMicros(double value) {
        loadedMicros = value;
        return this;
    }

    EvidenceBuilder localQueueMicros(@Nullable Double value) {
        localQueueMicros = value;
        return this;
    }

    /// Makes it a test of UDP.
    EvidenceBuilder udp(long sent, long notReceived, @Nullable Long dropsOfSocket) {
        isUdp = true;
        test = test.protocol(Protocol.UDP);
        packets = sent;
        lost = notReceived;
        socketDrops = dropsOfSocket;
        return this;
    }

    /// Leaves out what only the sender knows, as at a server before the results are exchanged.
    EvidenceBuilder withoutSender() {
        isSenderKnown = false;
        return this;
    }

    Findings findings() {
        var stream = new StreamInfo(
                1, 5, StreamRole.SENDER, new Endpoint("192.0.2.1", 40_000), new Endpoint("192.0.2.2", 5201));
        var tcp = KernelValues.of(TcpField.class, isUdp ? Map.of() : sender);
        var none = KernelValues.of(TcpField.class, Map.<TcpField, Long>of());
        var evidence = new Evidence(
                latency(),
                List.of(new Evidence.OfStream(
                        stream,
                        new EndOfStream(tcp, senderThread, null),
                        new EndOfStream(none, receiverThread, socketDrops))),
                List.of(new Evidence.OfDirection(StreamRole.SENDER, isUdp ? null : losses, rates, drained)),
                new Evidence.Hosts(
                        KernelValues.of(HostCounter.class, remoteHost), // nothing is wrong here either
                        KernelValues.of(HostCounter.class, remoteHost)));
        Total sent = new Total(bytes, NANOS, isUdp ? null : 0L, isUdp ? new Datagrams(packets, null) : null);
        Total received = new Total(
                bytes, NANOS, null, isUdp ? new Datagrams(packets, new Datagrams.Reception(lost, 0, 0, 0)) : null);
        var summary = new Summary(
                List.of(new Summary.OfStream(stream, isSenderKnown ? sent : null, received, null, null)),
                List.of(new Summary.OfDirection(StreamRole.SENDER, isSenderKnown ? sent : null, received)),
                new CpuUsage(10, 5, 5),
                null,
                new Summary.Congestion("cubic", null),
                evidence);
        var start = new TestStart(
                TestRole.CLIENT,
                new Endpoint("192.0.2.2", 5201),
                "c".repeat(36),
                Instant.EPOCH,
                1448,
                new TestStart.Setup(test.build(), ReportInterval.DEFAULT));
        return Findings.of(start, summary);
    }

    List<String> ids() {
        return findings().found().stream().map(Finding::id).toList();
    }

    private Latency latency() {
        var idle = statistics(LatencyMethod.CONNECT, 1000);
        var loaded = new ArrayList<RoundTripStatistics>();
        loaded.add(statistics(LatencyMethod.KERNEL_SMOOTHED, loadedMicros));
        if (localQueueMicros != null) {
            loaded.add(statistics(LatencyMethod.LOCAL_QUEUE, localQueueMicros));
        }
        return new Latency(List.of(idle), List.of(new DirectionLatency(StreamRole.SENDER, loaded, null)));
    }

    private static RoundTripStatistics statistics(LatencyMethod method, double micros) {
        return new RoundTripStatistics(method, 400, micros, micros, new Percentiles(micros, micros, null), micros);
    }
}
