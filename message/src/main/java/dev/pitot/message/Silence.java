package dev.pitot.message;

import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkMetrics;

/// For how long a link has heard nothing that makes sense, by its counts: as long as they are the
/// same when somebody looks. It costs nothing while nobody does.
final class Silence {
    private long heard = -1;
    private long since;

    /// Looks.
    ///
    /// @return nanoseconds since the first look that saw the same; 0 if something has come since
    ///     the last one
    long nanos(Link link, long now) {
        LinkMetrics metrics = link.metrics();
        long sound = metrics.received().datagrams() - metrics.trouble().malformed();
        if (sound != heard) {
            heard = sound;
            since = now;
        }
        return now - since;
    }
}
