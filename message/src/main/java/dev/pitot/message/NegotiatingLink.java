package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.ForwardingConnection;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/// A client's link while it is not known what the server speaks: the plain protocol's, until a
/// link of the other one has got its first proper answer; then that takes its place. Once a
/// connection is open, nothing takes its place any more.
final class NegotiatingLink extends ForwardingConnection {
    private final ChoiceListener listener;
    private final OtherProtocol other;
    private ProtocolConnection chosen;

    /// The other protocol's end.
    ///
    /// @param link sends nothing, and tells nothing, until it gets its first answer
    /// @param isIts whether a datagram is one of its protocol; must leave its position
    /// @param hasBegun whether it has got its first answer
    record OtherProtocol(ProtocolConnection link, Predicate<ByteBuffer> isIts, BooleanSupplier hasBegun) {}

    /// A link that begins with the plain protocol.
    ///
    /// @param plain makes its link
    NegotiatingLink(LinkListener listener, Function<LinkListener, ProtocolConnection> plain, OtherProtocol other) {
        this.listener = new ChoiceListener(listener);
        this.other = other;
        chosen = plain.apply(this.listener);
    }

    @Override
    public void receive(ByteBuffer datagram, long now) {
        if (listener.settled || !other.isIts.test(datagram)) {
            chosen.receive(datagram, now);
            return;
        }
        other.link.receive(datagram, now);
        if (other.hasBegun.getAsBoolean()) {
            listener.settled = true;
            chosen = other.link;
        }
    }

    @Override
    public ProtocolConnection inner() {
        return chosen;
    }

    /// True if [#inner()] stays: it may be called in place of this one.
    boolean isSettled() {
        return listener.settled;
    }

    @Override
    public void close(CloseReason reason, long now) {
        listener.settled = true;
        chosen.close(reason, now);
    }

    @Override
    public void abort(CloseReason reason, long now) {
        listener.settled = true;
        chosen.abort(reason, now);
    }

    /// Notices when the plain protocol has got so far that it stays.
    private static final class ChoiceListener implements LinkListener {
        private final LinkListener outer;
        private boolean settled;

        ChoiceListener(LinkListener outer) {
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
        public void warning(String sentence) {
            outer.warning(sentence);
        }

        @Override
        public void closed(CloseReason reason) {
            settled = true;
            outer.closed(reason);
        }
    }
}
