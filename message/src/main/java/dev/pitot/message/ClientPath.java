package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.socket.UdpSocket;
import dev.pitot.model.text.ErrorText;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;

/// One port of a client with the link that uses it. A client has one, and while it moves to
/// another port two. The client's thread only.
final class ClientPath extends PeerConnection {
    private final UdpSocket socket;
    private final DatagramSender toServer;
    private final ClientEvents events;
    private final Runnable onOpened;
    private long now;
    private boolean hasReportedUnreachable;

    /// @param link makes it, given who listens
    /// @param onOpened called when it can be used
    /// @param unreadNanos [ReceiveBudget#unreadNanos()]
    ClientPath(
            UdpSocket socket,
            Function<LinkListener, ProtocolConnection> link,
            ClientEvents events,
            Runnable onOpened,
            long unreadNanos,
            long now) {
        super(unreadNanos);
        this.socket = socket;
        toServer = datagram -> socket.send(datagram, null);
        this.events = events;
        this.onOpened = onOpened;
        this.now = now;
        begin(link.apply(this));
    }

    private ProtocolConnection protocol() {
        return Objects.requireNonNull(link(), "a client's port has one from its beginning");
    }

    /// Notes the time, before datagrams that have come are given to the link.
    void setTime(long time) {
        now = time;
    }

    /// Reports it if the system says that nobody listens.
    void reportUnreachable() {
        if (socket.unreachable() > 0 && !hasReportedUnreachable && !isOpen()) {
            hasReportedUnreachable = true;
            events.error("Nobody listens at the server's port, as the system reports: is the server running?", null);
        }
    }

    /// What may leave.
    void flush(long time) {
        now = time;
        CloseReason over = ended();
        if (over != null && !isSaidByServer(over)) {
            return;
        }
        try {
            protocol().flush(toServer, time);
        } catch (RuntimeException e) { // never, by the contract of links; the program must go on
            broken(e);
        }
    }

    /// What came with a goodbye is still acknowledged.
    private static boolean isSaidByServer(CloseReason reason) {
        return reason.cause() == CloseReason.Cause.REMOTE || reason.cause() == CloseReason.Cause.REJECTED;
    }

    void broken(RuntimeException cause) {
        fail(new CloseReason(CloseReason.Cause.PROTOCOL, "an error of this program"));
        events.error("The connection failed: " + ErrorText.of(cause), cause);
    }

    boolean send(ByteBuffer payload, Channel channel) {
        return queue(payload, channel, now);
    }

    boolean isWritable() {
        return isStanding() && !isClosing() && protocol().isWritable();
    }

    ConnectionDetails details() {
        return ConnectionDetails.of(link());
    }

    void close(CloseReason reason) {
        beginClose(reason, now);
    }

    /// Ends it at once; what says goodbye leaves.
    void abort(CloseReason reason, long time) {
        beginAbort(reason, time);
        flush(time);
    }

    /// True if it was opened and is not over.
    boolean isStanding() {
        return isOpen() && ended() == null;
    }

    boolean idsExhausted() {
        return protocol().idsExhausted();
    }

    long wakeAt() {
        return protocol().wakeAt();
    }

    UdpSocket socket() {
        return socket;
    }

    @Override
    void onOpened() {
        onOpened.run();
    }

    @Override
    void onEnded() {
        // The client looks at the end of each turn.
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        events.post(this, payload, channel);
    }

    @Override
    public void warning(String sentence) {
        events.error(sentence, null);
    }
}
