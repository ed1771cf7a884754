package dev.pitot.metrics.micrometer;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.TestRole;
import io.micrometer.core.instrument.MeterRegistry;

/// Records the metrics of any number of tests in a Micrometer registry, once per interval:
///
/// | meter | kind, base unit | tags besides `role` |
/// |---|---|---|
/// | `pitot.transferred` | counter, bytes | direction, protocol |
/// | `pitot.throughput` | summary, bytes per second, one value per interval | direction, protocol |
/// | `pitot.tcp.retransmitted.segments` | counter, segments | direction, protocol |
/// | `pitot.tcp.reordering.events` | counter, events | direction, protocol |
/// | `pitot.tcp.rtt` | timer, one value per interval | direction, protocol |
/// | `pitot.tcp.busy` and others of the kernel | counter | direction, protocol |
/// | `pitot.tcp.min.rtt` and others of the kernel | timer or summary, one value per interval | direction, protocol |
/// | `pitot.udp.datagrams` | counter, datagrams | direction, protocol, result |
/// | `pitot.udp.jitter` | timer, one value per interval | direction, protocol |
/// | `pitot.tests` | counter, tests, each outcome from 0 on | protocol, outcome |
/// | `pitot.errors` | counter, errors | error |
/// | `pitot.tests.running` | gauge | |
/// | `pitot.connections.dropped` | counter | without role |
///
/// In Micrometer's Prometheus registry they have the names of Pitot's own metrics page, such as
/// `pitot_transferred_bytes_total`. Gauges of that page (throughput, round-trip time, jitter) are
/// summaries here, with `_count`, `_sum` and `_max`.
///
/// `role` is `client` or `server`, `direction` is `transmit` or `receive`, `protocol` is `tcp`,
/// `udp`, `sctp` or `mptcp`, and `unknown` if the ends did not agree on parameters. Omitted
/// intervals are not counted. Unknown values are not recorded. When a test ends, its counters are
/// raised to the totals of its report, as on the Prometheus page.
///
/// The kernel's values (TCP_INFO, Linux) are those of Pitot's metrics page; docs/metrics.md lists them.
///
/// Create one instance per registry: a second one would share the gauges of the first, which do not
/// count its tests. Thread-safe.
public final class MicrometerMetrics {
    private final Meters meters;

    /// Registers the meters that exist before the first test.
    public MicrometerMetrics(MeterRegistry registry) {
        meters = new Meters(registry);
    }

    /// Returns a listener for one test that this process runs as a client.
    public TestListener forTest() {
        return new MicrometerTestListener(TestRole.CLIENT, meters);
    }

    /// Returns a listener for a server: all its tests, and connections that did not become a test.
    public ServerListener forServer() {
        return new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {
                switch (event) {
                    case ServerEvent.ConnectionDropped(String _, long count, Throwable _) -> meters.addDropped(count);
                    case ServerEvent.Listening _, ServerEvent.TestRefused _ -> {} // a refused test is counted as a test
                }
            }

            @Override
            public TestListener onTest(int testNumber) {
                return new MicrometerTestListener(TestRole.SERVER, meters);
            }
        };
    }
}
