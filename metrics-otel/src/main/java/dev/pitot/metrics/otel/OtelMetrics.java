package dev.pitot.metrics.otel;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.TestRole;
import io.opentelemetry.api.metrics.Meter;

/// Records the metrics of any number of tests in an OpenTelemetry meter, once per interval. Names
/// and units follow its conventions:
///
/// | instrument | kind, unit | attributes besides `pitot.role` |
/// |---|---|---|
/// | `pitot.transferred` | counter, By | direction, transport |
/// | `pitot.throughput` | histogram, By/s, one value per interval | direction, transport |
/// | `pitot.tcp.retransmitted_segments` | counter, {segment} | direction, transport |
/// | `pitot.tcp.rtt` | histogram, s, one value per interval | direction, transport |
/// | `pitot.tcp.busy` and others of the kernel | counter, s, By, {segment}, {event} | direction, transport |
/// | `pitot.tcp.min_rtt` and others of the kernel | histogram, s, By, By/s | direction, transport |
/// | `pitot.udp.datagrams` | counter, {datagram} | direction, transport, `pitot.result` |
/// | `pitot.udp.jitter` | histogram, s, one value per interval | direction, transport |
/// | `pitot.tests` | counter, {test} | transport, `pitot.outcome` |
/// | `pitot.tests.running` | up-down counter, {test} | |
/// | `pitot.connections.dropped` | counter, {connection} | without role |
///
/// Direction is `network.io.direction` (`transmit`, `receive`), transport is `network.transport`
/// (`tcp`, `udp`, `sctp`, `mptcp`; absent if the ends did not agree on parameters). Omitted
/// intervals are not counted. Unknown values are not recorded. When a test ends, its counters are
/// raised to the totals of its report, as on the Prometheus page. The kernel's values (TCP_INFO, Linux) are
/// those of that page; docs/metrics.md lists them. Thread-safe.
public final class OtelMetrics {
    private final Instruments instruments;

    /// Creates the instruments.
    public OtelMetrics(Meter meter) {
        instruments = new Instruments(meter);
    }

    /// Returns a listener for one test that this process runs as a client.
    public TestListener forTest() {
        return new OtelTestListener(TestRole.CLIENT, instruments);
    }

    /// Returns a listener for a server: all its tests, and connections that did not become a test.
    public ServerListener forServer() {
        return new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {
                switch (event) {
                    case ServerEvent.ConnectionDropped(String _, long count, Throwable _) ->
                        instruments.dropped().add(count);
                    case ServerEvent.Listening _, ServerEvent.TestRefused _ -> {} // a refused test is counted as a test
                }
            }

            @Override
            public TestListener onTest(int testNumber) {
                return new OtelTestListener(TestRole.SERVER, instruments);
            }
        };
    }
}
