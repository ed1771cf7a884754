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
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One port of a client with the link that uses it. A client has one, and while it moves to
/// another port two. The client's thread only.
final class ClientPath implements LinkListener, DatagramHandler {
    private static final int DATAGRAMS_PER_TURN = 256;

    private final UdpSocket socket;
    private final DatagramSender toServer;
    private final Events events;
    private final ProtocolConnection link;
    private long now;
    private boolean isOpen;
    private boolean isClosing;
    private boolean hasReportedUnreachable;
    private @Nullable CloseReason ended;

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
    }

    /// What has come.
    ///
    /// @return whether anything has
    boolean receive(long time) {
        now = time;
        boolean hasCome = socket.receive(DATAGRAMS_PER_TURN, this) > 0;
        if (socket.unreachable() > 0 && !hasReportedUnreachable && !isOpen) {
            hasReportedUnreachable = true;
            events.error("Nobody listens at the server's port, as the system tells: is the server running?", null);
        }
        return hasCome;
    }

    /// What may leave.
    void flush(long time) {
        now = time;
        if (ended != null && !isSaidByServer(ended)) {
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
        if (ended != null) {
            return;
        }
        try {
            link.receive(datagram, now);
        } catch (RuntimeException e) { // never, by the contract of links; the program must go on
            broken(e);
        }
    }

    private void broken(RuntimeException cause) {
        closed(new CloseReason(CloseReason.Cause.PROTOCOL, "an error of this program", undelivered()));
        events.error("The connection failed: " + cause, cause);
    }

    boolean send(ByteBuffer payload, Channel channel) {
        return link.send(payload, channel, now);
    }

    void whenConfirmed(CompletableFuture<Void> confirmed) {
        link.whenConfirmed(confirmed);
    }

    boolean isWritable() {
        return isOpen() && !isClosing && link.isWritable();
    }

    ConnectionDetails details() {
        return ConnectionDetails.of(link);
    }

    void close(CloseReason reason) {
        if (!isClosing && ended == null) {
            isClosing = true;
            link.close(reason, now);
        }
    }

    boolean isOpen() {
        return isOpen && ended == null;
    }

    boolean isClosing() {
        return isClosing;
    }

    boolean idsExhausted() {
        return link.idsExhausted();
    }

    @Nullable CloseReason ended() {
        return ended;
    }

    long wakeAt() {
        return link.wakeAt();
    }

    UdpSocket socket() {
        return socket;
    }

    long undelivered() {
        return link.undelivered();
    }

    Metrics metrics() {
        return Metrics.of(link.metrics());
    }

    @Override
    public void opened() {
        if (!isOpen && ended == null) {
            isOpen = true;
            events.opened();
        }
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        events.message(payload, channel);
    }

    @Override
    public void warning(String sentence) {
        events.error(sentence, null);
    }

    @Override
    public void closed(CloseReason reason) {
        if (ended == null) {
            ended = reason;
        }
    }
}
