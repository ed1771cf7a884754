package dev.pitot.lab.monitor;

import dev.pitot.lab.probe.Poller;

/// Understands the readings of one kind of monitor. Used by one thread at a time.
sealed interface MetricParser permits PingParser, NetDevParser, CpuParser, StateParser {
    /// The columns of its file.
    String header();

    /// The node was lost: what was read before is not to be compared with what comes.
    void forget();

    /// One reading.
    void onBlock(Poller.Block block, MonitorLog log);
}
