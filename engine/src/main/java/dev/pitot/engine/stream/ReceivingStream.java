package dev.pitot.engine.stream;

/// A stream that receives, which knows when it did. The moments are asked for only when the stream's
/// thread has left, and mean nothing if nothing arrived.
interface ReceivingStream extends DataStream {
    /// When the first data arrived.
    long firstNanos();

    /// When the last data arrived.
    long lastNanos();
}
