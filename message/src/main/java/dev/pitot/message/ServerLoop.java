package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.link.ReasonText;
import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.UdpSocket;
import dev.pitot.model.text.ErrorText;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A listening server at work: its port, its peers, and a turn of it. What does not change costs
/// nothing: a turn touches the peers that datagrams came from, that something was sent to, or
/// whose timer is due. The server's thread only, but for what says otherwise.
final class ServerLoop implements EndpointRole, DatagramHandler {
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;
    private static final CloseReason OUT_OF_MEMORY = new CloseReason(
            CloseReason.Cause.FULL, "the messages that the server holds for its clients take all memory it may use");
    private static final CloseReason TAKES_NOBODY =
            new CloseReason(CloseReason.Cause.FULL, "the server takes no new clients at this time");
    private static final CloseReason CLOSED = new CloseReason(CloseReason.Cause.LOCAL, "the server was closed");
    private static final CloseReason FAILED = new CloseReason(CloseReason.Cause.LOCAL, "the server failed");
    private static final CloseReason ANEW = new CloseReason(CloseReason.Cause.REMOTE, "the client has begun anew");

    private final UdpSocket socket;
    private final Dependencies dependencies;
    private final EndpointOptions options;
    private final EndpointLoop eventLoop;
    private final RelativeClock time;
    private final ReceiveBudget budget;
    private final ConnectionTable connections;
    private final TimerQueue<ServerConnection> timers = new TimerQueue<>();
    private final ArrayList<ServerConnection> toFlush = new ArrayList<>();
    private final UnknownSender unknownSender;
    private final ServerEvents events;
    private ByteBuffer scratch = ByteBuffer.allocate(MessageTypes.USUAL_BYTES);
    private volatile boolean acceptsNew = true;
    private boolean isStopping;
    private volatile boolean isClosed;
    private long now;
    private int living; // connections that are not over
    private long unknownSenders;
    private long refused;
    private long evicted;
    private long unsent;

    ServerLoop(
            UdpSocket socket,
            Dependencies dependencies,
            EndpointOptions options,
            ServerLimits limits,
            ServerEvents events,
            EndpointLoop eventLoop) {
        this.socket = socket;
        this.dependencies = dependencies;
        this.options = options;
        this.events = events;
        this.eventLoop = eventLoop;
        time = new RelativeClock(options.clock());
        now = time.now();
        unknownSender = new UnknownSender(this, dependencies.negotiation().acceptor(now));
        connections = new ConnectionTable(limits);
        budget = new ReceiveBudget(events, options, time);
    }

    @Override
    public EndpointState state() {
        return isClosed ? EndpointState.DISCONNECTED : EndpointState.LISTENING;
    }

    @Override
    public boolean turn() {
        now = time.now();
        budget.begin(now);
        if (events.hasRoomAgain()) {
            connections.each().forEach(ServerConnection::checkRoom);
        }
        return !isClosed && turn(!budget.isPaused());
    }

    /// @param mayReceive false leaves what has come to the system
    private boolean turn(boolean mayReceive) {
        now = time.now();
        int came = mayReceive ? budget.receive(socket, this) : 0;
        for (var due = timers.due(now); due != null; due = timers.due(now)) {
            markForFlush(due.owner());
        }
        boolean wasBusy = came > 0 || !toFlush.isEmpty();
        now = time.now();
        for (int i = 0; i < toFlush.size(); i++) { // handlers may add some
            finish(toFlush.get(i));
        }
        toFlush.clear();
        if (!connections.hasMemory()) {
            freeMemory();
        }
        return wasBusy;
    }

    private void freeMemory() {
        for (ServerConnection connection : connections.memoryEvictions()) {
            if (connections.hasRoomAgain()) {
                return;
            }
            evicted++;
            connection.abort(OUT_OF_MEMORY);
            finish(connection);
        }
    }

    private void finish(ServerConnection connection) {
        try {
            connection.flush(now);
        } catch (RuntimeException e) { // never, by the contract of links; one bad peer must not end the others
            broken(connection, e);
        }
        CloseReason reason = connection.ended();
        if (reason == null) {
            return;
        }
        if (!connection.isDetached()) {
            detach(connection, reason);
        }
        if (connection.isLingering(now)) {
            timers.note(connection.timer(), now + LOOK_AGAIN_NANOS);
        } else {
            connections.remove(connection);
            timers.remove(connection.timer());
            connection.release();
        }
    }

    /// To its user, and to others who want its place, it is gone from now on.
    private void detach(ServerConnection connection, CloseReason reason) {
        if (connection.isCounted()) {
            connections.dismiss(connection);
        }
        boolean wasOpen = connection.isOpen();
        connection.detach(now);
        living--;
        if (wasOpen) {
            events.disconnected(connection.peer(), reason);
        } else if (reason.cause() == CloseReason.Cause.UNTRUSTED) {
            onRefused(connection.address(), reason);
        }
    }

    /// A client that could not be protected as this end wants it is gone before it was a peer.
    void onRefused(@Nullable InetSocketAddress address, CloseReason reason) {
        refused++;
        String name = address == null ? "" : ReasonText.of(address) + " ";
        events.error(null, "The client " + name + "was refused: " + ReasonText.of(reason), null);
    }

    @Override
    public void datagram(ByteBuffer datagram, InetSocketAddress from) {
        ServerConnection connection = connections.get(from);
        try {
            if (connection == null) {
                ServerConnection named = unknownSender.named(datagram);
                if (named != null && !unknownSender.hasMoved(named, datagram, from)) {
                    unknownSenders++;
                    return;
                }
                connection = named;
            }
            ProtocolConnection link = connection == null ? null : connection.link();
            if (connection != null && link != null && unknownSender.isRestart(link, datagram, from)) {
                if (!isAccepting() || !acceptsNew || !connection.mayBeReplaced(now)) {
                    unknownSenders++;
                    return;
                }
                connection.fail(ANEW);
                finish(connection);
                connection = null;
            }
            if (connection == null) {
                connection = isAccepting() ? unknownSender.connectionFor(datagram, from) : null;
                if (connection != null) {
                    connections.put(connection);
                    living++;
                }
            }
            if (connection == null) {
                unknownSenders++;
            } else {
                receive(connection, datagram);
            }
        } catch (RuntimeException e) { // never, by the contract of links; one bad peer must not end the others
            if (connection == null) {
                unknownSenders++;
            } else {
                broken(connection, e);
            }
        }
    }

    /// Though the connection is over, its protocol may still have to answer repeats of the peer.
    private void receive(ServerConnection connection, ByteBuffer datagram) {
        markForFlush(connection);
        ProtocolConnection link = connection.receiver(now);
        if (link != null) {
            link.receive(datagram, now);
            connection.checkValidated(link);
        }
    }

    private boolean isAccepting() {
        return !isStopping && events.hasRoom();
    }

    private void broken(ServerConnection connection, RuntimeException cause) {
        connection.fail(new CloseReason(CloseReason.Cause.PROTOCOL, "an error of this program"));
        events.error(
                connection.peer(),
                "The connection of " + ReasonText.of(connection.address()) + " failed: " + ErrorText.of(cause),
                cause);
    }

    void markForFlush(ServerConnection connection) {
        if (connection.markForFlush()) {
            toFlush.add(connection);
        }
    }

    /// Whether a client may come in.
    ///
    /// @return null if it may
    @Nullable CloseReason decide(ServerConnection connection) {
        if (!acceptsNew) {
            refused++;
            return TAKES_NOBODY;
        }
        if (!connections.admit(connection) && !hasEvictedFor(connection)) {
            refused++;
            return new CloseReason(CloseReason.Cause.FULL, "the server has as many clients as it takes");
        }
        return switch (events.connecting(connection.peer())) {
            case Admission.Accept() -> null;
            case Admission.Reject(String reason) -> {
                connections.dismiss(connection);
                refused++;
                yield new CloseReason(CloseReason.Cause.REJECTED, reason);
            }
        };
    }

    /// Whether somebody whose address may be forged has left for one whose is not.
    private boolean hasEvictedFor(ServerConnection newcomer) {
        ServerConnection leaving = connections.evictionCandidate(newcomer);
        if (leaving == null) {
            return false;
        }
        leaving.fail(new CloseReason(CloseReason.Cause.FULL, "it gave way to a client that has proved its address"));
        finish(leaving);
        return connections.admit(newcomer);
    }

    ServerEvents events() {
        return events;
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        if (subject instanceof ServerConnection connection) {
            connection.sendLater(payload, channel);
        } else {
            connections.broadcastLater(payload, channel);
        }
        return true;
    }

    @Override
    public void disconnect() {
        isStopping = true;
        connections.closeAll(CLOSED);
    }

    @Override
    public boolean isOver(boolean isClosing) {
        return isClosed || (isClosing && living == 0);
    }

    @Override
    public void await(long nanos) {
        if (!isClosed) {
            socket.await(Math.min(nanos, idleNanos()), events.hasRoom());
        }
    }

    @Override
    public void wakeup() {
        socket.wakeup();
    }

    @Override
    public void cutOff() {
        socket.close();
    }

    /// Closes the port, whoever is still there.
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        connections.abortAll(CLOSED);
        turn(false); // what says goodbye leaves
        socket.close();
        for (ServerConnection connection : connections.all()) {
            connection.fail(CLOSED);
            finish(connection);
        }
        isClosed = true;
    }

    @Override
    public void fail(Throwable cause) {
        isClosed = true;
        toFlush.clear();
        for (ServerConnection connection : connections.each()) { // frees memory before anything takes some
            connection.release();
        }
        List<ServerConnection> gone = connections.all();
        connections.clear();
        events.error(null, "The server failed and is closed: " + ErrorText.of(cause), cause);
        for (ServerConnection connection : gone) {
            if (connection.isOpen()) {
                detach(connection, FAILED.withUndelivered(connection.undelivered()));
            }
        }
        living = 0;
    }

    /// Payload of a message, until the next call in this thread.
    ByteBuffer encoded(Object message) {
        if (!eventLoop.isCurrentThread()) {
            return dependencies.types().encode(message, null);
        }
        scratch = dependencies.types().encode(message, scratch);
        return scratch;
    }

    /// How long there is nothing to do unless something comes; [Long#MAX_VALUE] for ever.
    long idleNanos() {
        long next = timers.next();
        return !toFlush.isEmpty() ? 0 : next == Long.MAX_VALUE ? next : next - time.now();
    }

    /// Any thread. While not, clients are refused, with that reason.
    void acceptNew(boolean yes) {
        acceptsNew = yes;
    }

    EndpointCounts counts() {
        return new EndpointCounts(
                unknownSenders, refused, evicted, unsent, events.failures(), EndpointCounts.Socket.of(socket.counts()));
    }

    void countUnsent() {
        unsent++;
    }

    /// Any thread.
    EndpointLoop eventLoop() {
        return eventLoop;
    }

    UdpSocket socket() {
        return socket;
    }

    /// Any thread, as far as the table says so.
    ConnectionTable connections() {
        return connections;
    }

    TimerQueue<ServerConnection> timers() {
        return timers;
    }

    EndpointOptions options() {
        return options;
    }

    long now() {
        return now;
    }

    long unreadNanos() {
        return budget.unreadNanos();
    }
}
