package dev.pitot.lab.watch;

/// Understands the readings of one kind of watch. Belongs to the thread of its watch.
sealed interface Gauge permits PingGauge, NetDevGauge, CpuGauge, SignalGauge, BatteryGauge {
    /// The columns of its file.
    String header();

    /// The node was lost: what was read before is not to be compared with what comes.
    void forget();

    /// One reading.
    void onBlock(Readings.Block block, Sheet sheet);

    /// No more readings come.
    default void close() {}
}
