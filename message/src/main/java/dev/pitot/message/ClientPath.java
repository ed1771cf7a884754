package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One port of a client with the link that uses it. A client has one, and while it moves to
/// another port two. The client's thread only.
final class ClientPath extends PeerConnection implements DatagramHandler {
    private static final int DATAGRAMS_PER_TURN = 256;

    private final UdpSocket socket;
    private final DatagramSender toServer;
    private final Events events;
    private final ProtocolConnection link;
    private long now;
    private boolean hasReportedUnreachable;

    /// Who wants to know what happens on a line.
    interface Events {
        /// It can be used.
        void opened();

        /// A message came.
        void message(ByteBuffer payload, Channel channel);

        /// Something went wrong.
        void error(String sentence, @Nullable Throwable cause);
    }

    /// @param link makes it, given who listens
    ClientPath(UdpSocket socket, Function<LinkListener, ProtocolConnection> link, Events events, long now) {
        this.socket = socket;
        toServer = datagram -> socket.send(datagram, null);
        this.events = events;
        this.now = now;
        this.link = link.apply(this);
        begin(this.link);
    }

    /// What has come.
    ///
    /// @return whether anything has
    boolean receive(long time) {
        now = time;
        boolean hasCome = socket.receive(DATAGRAMS_PER_TURN, this) > 0;
        if (socket.unreachable() > 0 && !hasReportedUnreachable && !isOpen()) {
            hasReportedUnreachable = true;
            events.error("Nobody listens at the server's port, as the system tells: is the server running?", null);
        }
        return hasCome;
    }

    /// What may leave.
    void flush(long time) {
        now = time;
        CloseReason over = ended();
        if (over != null && !isSaidByServer(over)) {
            return;
        }
        try {
            link.flush(toServer, time);
        } catch (RuntimeException e) { // never, by the contract of links; the program must go on
            broken(e);
        }
    }

    /// What came with a goodbye is still acknowledged.
    private static boolean isSaidByServer(CloseReason reason) {
        return reason.cause() == CloseReason.Cause.REMOTE || reason.cause() == CloseReason.Cause.REJECTED;
    }

    @Override
    public void datagram(ByteBuffer datagram, InetSocketAddress from) {
        if (ended() != null) {
            return;
        }
        try {
            link.receive(datagram, now);
        } catch (RuntimeException e) { // never, by the contract of links; the program must go on
            broken(e);
        }
    }

    private void broken(RuntimeException cause) {
        fail(new CloseReason(CloseReason.Cause.PROTOCOL, "an error of this program"));
        events.error("The connection failed: " + cause, cause);
    }

    boolean send(ByteBuffer payload, Channel channel) {
        return queue(payload, channel, now);
    }

    boolean isWritable() {
        return isStanding() && !isClosing() && link.isWritable();
    }

    ConnectionDetails details() {
        return ConnectionDetails.of(link);
    }

    void close(CloseReason reason) {
        beginClose(reason, now);
    }

    /// True if it was opened and is not over.
    boolean isStanding() {
        return isOpen() && ended() == null;
    }

    boolean idsExhausted() {
        return link.idsExhausted();
    }

    long wakeAt() {
        return link.wakeAt();
    }

    UdpSocket socket() {
        return socket;
    }

    @Override
    void onOpened() {
        events.opened();
    }

    @Override
    void onEnded() {
        // The client looks at the end of each turn.
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        events.message(payload, channel);
    }

    @Override
    public void warning(String sentence) {
        events.error(sentence, null);
    }
}
