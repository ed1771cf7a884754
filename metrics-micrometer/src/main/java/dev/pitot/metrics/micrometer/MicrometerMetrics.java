package dev.pitot.metrics.micrometer;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.TestRole;
import io.micrometer.core.instrument.MeterRegistry;

/// Gives the figures of any number of tests to a registry of Micrometer, interval by interval:
///
/// | meter | kind, base unit | tags besides `role` |
/// |---|---|---|
/// | `pitot.transferred` | counter, bytes | direction, protocol |
/// | `pitot.throughput` | summary, bytes per second, one value per interval | direction, protocol |
/// | `pitot.tcp.retransmitted.segments` | counter, segments | direction, protocol |
/// | `pitot.tcp.reordering.events` | counter, events | direction, protocol |
/// | `pitot.tcp.rtt` | timer, one value per interval | direction, protocol |
/// | `pitot.udp.datagrams` | counter, datagrams | direction, protocol, result |
/// | `pitot.udp.jitter` | timer, one value per interval | direction, protocol |
/// | `pitot.tests` | counter, tests, each outcome from 0 on | protocol, outcome |
/// | `pitot.errors` | counter, errors | error |
/// | `pitot.tests.running` | gauge | |
/// | `pitot.connections.dropped` | counter | without role |
///
/// In Micrometer's registry for Prometheus they have the names of Pitot's own page, such as
/// `pitot_transferred_bytes_total`. What is a gauge there (throughput, round-trip time, jitter) is a summary
/// here, with `_count`, `_sum` and `_max`.
///
/// `role` is `client` or `server`, `direction` is `transmit` or `receive`, `protocol` is `tcp`,
/// `udp`, `sctp` or `mptcp`, and `unknown` where the ends never agreed. Warm-up counts nowhere.
/// What is not known is not recorded. When a test ends its counters get what its report has more
/// of, as on Prometheus' page.
///
/// One per registry: a second one's gauges would be those of the first, which knows nothing of
/// its tests. Any thread may call it.
public final class MicrometerMetrics {
    private final Meters meters;

    /// Registers what needs no test.
    public MicrometerMetrics(MeterRegistry registry) {
        meters = new Meters(registry);
    }

    /// A listener for one test that this process runs as a client.
    public TestListener forTest() {
        return new TestFeed(TestRole.CLIENT, meters);
    }

    /// A listener for a server: for all of its tests, and for connections that become none.
    public ServerListener forServer() {
        return new ServerListener() {
            @Override
            public void onServerEvent(ServerEvent event) {
                switch (event) {
                    case ServerEvent.ConnectionDropped(String _, long count) -> meters.addDropped(count);
                    case ServerEvent.Listening _, ServerEvent.TestRefused _ -> {} // a refused test is counted as a test
                }
            }

            @Override
            public TestListener onTest(int testNumber) {
                return new TestFeed(TestRole.SERVER, meters);
            }
        };
    }
}
