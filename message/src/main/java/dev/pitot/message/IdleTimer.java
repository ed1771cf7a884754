package dev.pitot.message;

import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.ProtocolConnection;

/// For how long a link has seen nothing that makes sense, by its counts: as long as they are the
/// same when somebody looks. It costs nothing while nobody does.
final class IdleTimer {
    private long seen = -1;
    private long since;

    /// Looks.
    ///
    /// @return nanoseconds since the first look that saw the same; 0 if something has come since
    ///     the last one
    long nanos(ProtocolConnection link, long now) {
        Metrics metrics = link.metrics();
        long valid = metrics.received().packets() - metrics.errors().malformed();
        if (valid != seen) {
            seen = valid;
            since = now;
        }
        return now - since;
    }

    /// For so long nothing was read, which is no silence.
    void extend(long unreadNanos, long now) {
        since += Math.min(unreadNanos, now - since);
    }
}
