package dev.pitot.engine.stream;

/// Receiving stream that records its arrival times. They may be read only after the stream's thread has
/// ended, and are meaningless if nothing arrived.
interface ReceivingStream extends DataStream {
    /// Arrival time of the first data.
    long firstNanos();

    /// Arrival time of the last data.
    long lastNanos();
}
