package dev.pitot.message;

import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.LinkMetrics;
import dev.pitot.message.link.Outlet;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.Predicate;

/// A client's link while it is not known what the server speaks: the plain protocol's, until the
/// first datagram that only a server of the other one sends; then a link of that takes its place.
/// Once a connection is open, nothing takes its place any more.
final class FirstContact implements Link {
    private final Settling listener;
    private final Function<LinkListener, Link> other;
    private final Predicate<ByteBuffer> isOthers;
    private Link chosen;

    /// A link that begins with the plain protocol.
    ///
    /// @param plain makes its link
    /// @param other makes the other one's, if it comes to that
    /// @param isOthers whether a datagram is a proper first answer to us of the other protocol;
    ///     must leave its position
    FirstContact(
            LinkListener listener,
            Function<LinkListener, Link> plain,
            Function<LinkListener, Link> other,
            Predicate<ByteBuffer> isOthers) {
        this.listener = new Settling(listener);
        this.other = other;
        this.isOthers = isOthers;
        chosen = plain.apply(this.listener);
    }

    @Override
    public void receive(ByteBuffer datagram, long now) {
        if (!listener.settled && isOthers.test(datagram)) {
            listener.settled = true;
            chosen = other.apply(listener.outer);
        }
        chosen.receive(datagram, now);
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long now) {
        return chosen.send(payload, channel, now);
    }

    @Override
    public int maxPayload() {
        return chosen.maxPayload();
    }

    @Override
    public void flush(Outlet outlet, long now) {
        chosen.flush(outlet, now);
    }

    @Override
    public long wakeAt() {
        return chosen.wakeAt();
    }

    @Override
    public void close(CloseReason reason, long now) {
        listener.settled = true;
        chosen.close(reason, now);
    }

    @Override
    public LinkMetrics metrics() {
        return chosen.metrics();
    }

    @Override
    public boolean isWornOut() {
        return chosen.isWornOut();
    }

    /// Notices when the plain protocol has got so far that it stays.
    private static final class Settling implements LinkListener {
        private final LinkListener outer;
        private boolean settled;

        Settling(LinkListener outer) {
            this.outer = outer;
        }

        @Override
        public void opened() {
            settled = true;
            outer.opened();
        }

        @Override
        public void message(ByteBuffer payload, Channel channel) {
            outer.message(payload, channel);
        }

        @Override
        public void closed(CloseReason reason) {
            settled = true;
            outer.closed(reason);
        }
    }
}
