package dev.pitot.metrics.prometheus;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.testkit.TestEventFixture;
import org.jspecify.annotations.Nullable;

/// Sends events of tests to metrics, and reads the metrics.
public final class Played {
    public static final TcpSample TCP = tcp(3, 1_500);

    /// Every field of the kernel.
    static final KernelValues<TcpField> KERNEL = kernel();

    private Played() {}

    private static KernelValues<TcpField> kernel() {
        KernelValues.Builder<TcpField> all = KernelValues.builder(TcpField.class);
        for (TcpField field : TcpField.values()) {
            all.put(field, 1_000);
        }
        return all.build();
    }

    static TcpSample tcp(long retransmits, long rttMicros) {
        return new TcpSample(
                retransmits,
                new TcpSample.SendWindow(14_480, 65_536),
                new TcpSample.RoundTrip(rttMicros, 250),
                1_500,
                2);
    }

    static Datagrams arrived(long packets, @Nullable Long lost) {
        return new Datagrams(packets, new Datagrams.Reception(lost, 2, 1, 0.000_125));
    }

    /// Sends one completed and one running test of every kind, and the other events of a server.
    public static void everything(LiveMetrics metrics) {
        var server = metrics.forServer();
        server.onServerEvent(new ServerEvent.Listening(5201, 1));
        server.onServerEvent(new ServerEvent.ConnectionDropped("a stranger"));
        for (boolean ends : new boolean[] {true, false}) {
            tcp(TestRole.CLIENT, StreamRole.SENDER, metrics.forTest(), ends);
            tcp(TestRole.SERVER, StreamRole.RECEIVER, server.onTest(1), ends);
            udp(TestRole.CLIENT, StreamRole.SENDER, metrics.forTest(), ends);
            udp(TestRole.SERVER, StreamRole.RECEIVER, server.onTest(2), ends);
        }
        var failing = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        var error = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);
        failing.closing(error, null, null).forEach(metrics.forTest()::onEvent);
    }

    private static void tcp(TestRole role, StreamRole direction, TestListener listener, boolean ends) {
        var test = new TestEventFixture(role, direction, Protocol.TCP);
        test.opening().forEach(listener::onEvent);
        listener.onEvent(test.sampled(1_000, direction.isSender() ? TCP : null, KERNEL));
        if (ends) {
            var total = new Total(1_000, TestEventFixture.INTERVAL_NANOS, direction.isSender() ? 3L : null);
            test.closing(new Ending.Completed(), total, total).forEach(listener::onEvent);
        }
    }

    private static void udp(TestRole role, StreamRole direction, TestListener listener, boolean ends) {
        var test = new TestEventFixture(role, direction, Protocol.UDP);
        Datagrams sent = new Datagrams(10, null);
        Datagrams arrived = arrived(10, 4L);
        test.opening().forEach(listener::onEvent);
        listener.onEvent(test.moved(direction.isSender() ? 1_000 : 600, direction.isSender() ? sent : arrived));
        if (ends) {
            test.closing(
                            new Ending.Completed(),
                            new Total(1_000, TestEventFixture.INTERVAL_NANOS, null, sent),
                            new Total(600, TestEventFixture.INTERVAL_NANOS, null, arrived))
                    .forEach(listener::onEvent);
        }
    }
}
