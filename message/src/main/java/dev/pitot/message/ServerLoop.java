package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A listening server at work: its port, its peers, and a turn of it, which touches only the peers that datagrams
/// came from, that something was sent to, or whose timer is due. The server's thread only, but for what says otherwise.
final class ServerLoop implements DatagramHandler {
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;
    private static final CloseReason ANEW = new CloseReason(CloseReason.Cause.REMOTE, "the client has begun anew");

    private final UdpSocket socket;
    private final Dependencies dependencies;
    private final EndpointOptions options;
    private final MessageServerListener listener;
    private final EventLoopThread eventLoop;
    private final BooleanSupplier hasRoom;
    private final RelativeClock time;
    private final ProtocolNegotiation.Acceptor acceptor;
    private final PeerLimits limits;
    private final ConnectionTable connections = new ConnectionTable();
    private final TimerQueue<ServerConnection> timers = new TimerQueue<>();
    private final ArrayList<ServerConnection> toFlush = new ArrayList<>();
    private final UnknownSender unknownSender = new UnknownSender();
    private final ReceivedMessage receivedMessage;
    private final BiConsumer<Peer, ReceivedMessage> onMessage;
    private final SafeListener safeListener;
    private final EncodeBuffer scratch = new EncodeBuffer();
    private volatile boolean acceptsNew = true;
    private long now;
    private int living; // connections that are not over
    private long unknownSenders;
    private long refused;
    private long unsent;

    /// @param hasRoom whether the listener can be told of more; while not, nobody new comes in
    record Settings(
            Dependencies dependencies,
            EndpointOptions options,
            ServerLimits limits,
            MessageServerListener listener,
            EventLoopThread eventLoop,
            BooleanSupplier hasRoom) {}

    ServerLoop(UdpSocket socket, Settings settings) {
        this.socket = socket;
        dependencies = settings.dependencies();
        options = settings.options();
        listener = settings.listener();
        eventLoop = settings.eventLoop();
        hasRoom = settings.hasRoom();
        time = new RelativeClock(options.clock());
        now = time.now();
        acceptor = dependencies.negotiation().acceptor(now);
        limits = new PeerLimits(settings.limits());
        receivedMessage = new ReceivedMessage(dependencies.codec());
        onMessage = listener::message;
        safeListener = new SafeListener((sentence, cause) -> listener.error(null, sentence, cause));
    }

    /// One turn: what has come, what is due, what leaves, who is gone.
    ///
    /// @param mayReceive false leaves what has come to the system
    /// @return whether there was anything to do
    boolean turn(boolean mayReceive) {
        now = time.now();
        int came = mayReceive ? ReceiveBudget.receive(socket, this, time) : 0;
        for (var due = timers.due(now); due != null; due = timers.due(now)) {
            markForFlush(due.owner());
        }
        boolean wasBusy = came > 0 || !toFlush.isEmpty();
        now = time.now();
        for (int i = 0; i < toFlush.size(); i++) { // handlers may add some
            finish(toFlush.get(i));
        }
        toFlush.clear();
        return wasBusy;
    }

    private void finish(ServerConnection connection) {
        try {
            connection.flush(now);
        } catch (RuntimeException e) { // never, by the contract of links; one bad peer must not end the others
            broken(connection, e);
        }
        ByteBuffer successor = isAccepting() ? connection.successor(now) : null;
        if (successor != null) {
            connection.fail(ANEW);
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
            if (connections.remove(connection)) {
                limits.release(connection);
            }
            timers.remove(connection.timer());
        }
        if (successor != null) {
            datagram(successor, connection.address());
        }
    }

    /// To its user, and to others who want its place, it is gone from now on.
    private void detach(ServerConnection connection, CloseReason reason) {
        if (connection.isCounted()) {
            limits.remove(connection);
        }
        boolean wasOpen = connection.isOpen();
        connection.detach(now);
        living--;
        if (wasOpen) {
            safeListener.run("disconnected", () -> listener.disconnected(connection.peer(), reason));
        }
    }

    @Override
    public void datagram(ByteBuffer datagram, InetSocketAddress from) {
        ServerConnection connection = connections.at(from);
        try {
            if (connection == null) {
                connection = connections.named(acceptor.connectionIdOf(datagram));
                if (connection != null && !hasMoved(connection, datagram, from)) {
                    unknownSenders++;
                    return;
                }
            }
            ProtocolConnection link = connection == null ? null : connection.link();
            if (connection != null
                    && link != null
                    && acceptor.isRestart(link, datagram, from, unknownSender.replyingTo(from), now)) {
                if (!isAccepting() || !connection.mayBeReplaced(datagram, now)) {
                    unknownSenders++;
                    return;
                }
                connection.fail(ANEW);
                finish(connection);
                connection = null;
            }
            if (connection == null) {
                connection = unknownSender.connectionFor(datagram, from);
            }
            if (connection == null) {
                unknownSenders++;
            } else {
                markForFlush(connection);
                connection.receive(datagram, now);
            }
        } catch (RuntimeException e) { // never, by the contract of links; one bad peer must not end the others
            if (connection == null) {
                unknownSenders++;
            } else {
                broken(connection, e);
            }
        }
    }

    /// Whether the peer of a connection is at this address now.
    private boolean hasMoved(ServerConnection connection, ByteBuffer datagram, InetSocketAddress to) {
        ProtocolConnection link = connection.ended() == null ? connection.link() : null;
        return link != null
                && acceptor.hasMoved(link, datagram, to, unknownSender.replyingTo(to), now)
                && connections.move(connection, to, limits);
    }

    private boolean isAccepting() {
        return acceptsNew && hasRoom.getAsBoolean();
    }

    private void broken(ServerConnection connection, RuntimeException cause) {
        connection.fail(new CloseReason(CloseReason.Cause.PROTOCOL, "an error of this program"));
        reportError(connection.peer(), "The connection of " + connection.address() + " failed: " + cause, cause);
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
        if (!limits.admit(connection) && !hasEvictedFor(connection)) {
            refused++;
            return new CloseReason(CloseReason.Cause.FULL, "the server has as many clients as it takes");
        }
        Admission answer = Admission.reject("the server could not decide");
        try {
            answer = Objects.requireNonNull(listener.connecting(connection.peer()), "the answer is null");
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the server must go on
            safeListener.failed("connecting", e);
        }
        return switch (answer) {
            case Admission.Accept() -> null;
            case Admission.Reject(String reason) -> {
                limits.remove(connection);
                refused++;
                yield new CloseReason(CloseReason.Cause.REJECTED, reason);
            }
        };
    }

    /// Whether somebody whose address may be forged has left for one whose is not.
    private boolean hasEvictedFor(ServerConnection newcomer) {
        ServerConnection leaving = limits.evictionCandidate(newcomer);
        if (leaving == null) {
            return false;
        }
        leaving.fail(new CloseReason(CloseReason.Cause.FULL, "it gave way to a client that has proved its address"));
        finish(leaving);
        return limits.admit(newcomer);
    }

    /// The peer has shown that it gets what is sent to it.
    void onAddressValidated(ServerConnection connection) {
        limits.markValidated(connection);
    }

    void reportAccepted(Peer peer) {
        safeListener.run("accepted", () -> listener.accepted(peer));
    }

    void deliver(Peer peer, ByteBuffer payload, Channel channel) {
        safeListener.message(peer, receivedMessage.load(payload, channel), onMessage);
    }

    void reportError(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
        safeListener.run("error", () -> listener.error(peer, sentence, cause));
    }

    /// Gives a message to all who are connected.
    ///
    /// @return how many took it
    int broadcast(ByteBuffer payload, Channel channel) {
        int taken = 0;
        for (ServerConnection connection : connections.all()) {
            if (connection.isConnected() && connection.message(null, channel, payload)) {
                taken++;
            }
        }
        return taken;
    }

    /// The same for another thread, which does not wait for anybody.
    void broadcastLater(ByteBuffer payload, Channel channel) {
        for (ServerConnection connection : connections.all()) {
            if (connection.isConnected()) {
                connection.sendLater(payload, channel);
            }
        }
    }

    void disconnectAll(CloseReason reason) {
        connections.all().forEach(connection -> connection.close(reason));
    }

    /// Closes the port, whoever is still there.
    void close() {
        disconnectAll(new CloseReason(CloseReason.Cause.LOCAL, "the server was closed"));
        turn(false); // what says goodbye leaves
        socket.close();
        for (ServerConnection connection : List.copyOf(connections.all())) {
            connection.fail(new CloseReason(CloseReason.Cause.LOCAL, "the server was closed"));
            finish(connection);
        }
    }

    /// Payload of a message, until the next call in this thread.
    ByteBuffer encoded(Object message) {
        return scratch.encoded(message, dependencies.codec(), eventLoop.isCurrentThread());
    }

    /// How long there is nothing to do unless something comes; [Long#MAX_VALUE] for ever.
    long idleNanos() {
        long next = timers.next();
        return !toFlush.isEmpty() ? 0 : next == Long.MAX_VALUE ? next : next - time.now();
    }

    /// Any thread.
    List<Peer> peers() {
        return connections.peers();
    }

    /// Any thread.
    @Nullable Peer peer(InetSocketAddress address) {
        return connections.peer(address);
    }

    /// Any thread.
    void acceptNew(boolean yes) {
        acceptsNew = yes;
    }

    /// Whether nobody is there whose connection is not over.
    boolean isEmpty() {
        return living == 0;
    }

    EndpointCounts counts() {
        return new EndpointCounts(
                unknownSenders, refused, unsent, safeListener.failures(), EndpointCounts.Socket.of(socket.counts()));
    }

    void countUnsent() {
        unsent++;
    }

    /// Any thread.
    EventLoopThread eventLoop() {
        return eventLoop;
    }

    UdpSocket socket() {
        return socket;
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

    /// An address that has no peer; one object for all of them, so that unknown senders cost nothing.
    private final class UnknownSender implements DatagramSender, ProtocolNegotiation.PendingConnections {
        private @Nullable InetSocketAddress from;
        private @Nullable ServerConnection connection;

        /// The connection that its datagram has made; null if none.
        @Nullable ServerConnection connectionFor(ByteBuffer datagram, InetSocketAddress address) {
            if (!isAccepting()) {
                return null;
            }
            from = address;
            connection = null;
            ProtocolConnection link = null;
            try {
                link = acceptor.accept(datagram, address, this, this, now);
            } finally {
                if (link == null && connection != null) {
                    limits.release(connection);
                }
            }
            ServerConnection made = connection;
            if (link == null || made == null) {
                return null;
            }
            made.begin(link);
            connections.add(made);
            living++;
            return made;
        }

        DatagramSender replyingTo(InetSocketAddress address) {
            from = address;
            return this;
        }

        @Override
        public boolean send(ByteBuffer datagram) {
            return socket.send(datagram, from);
        }

        @Override
        public ProtocolNegotiation.@Nullable PendingConnection reserve(boolean isAddressValidated) {
            InetSocketAddress address = Objects.requireNonNull(from, "no datagram of an unknown sender is at hand");
            ServerConnection made = new ServerConnection(ServerLoop.this, address, isAddressValidated, now);
            if (!limits.reserve(made, isAddressValidated)) {
                return null;
            }
            connection = made;
            return made;
        }
    }
}
