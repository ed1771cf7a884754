package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.socket.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A server of messages that works when it is told to: everything happens in [#update()], in the
/// thread that calls it, handlers included. One thread at a time. For one that works by itself
/// see [RunningServer].
public final class MessageServer implements AutoCloseable {
    private static final int SENDS_PER_TURN = 4096;

    private final Dependencies dependencies;
    private final EndpointOptions options;
    private final ServerLimits limits;
    private final MessageServerListener listener;
    private final EventLoopThread eventLoop;
    private final BooleanSupplier mayReceive;
    private volatile @Nullable ServerLoop loop; // null unless it listens
    private EndpointCounts lastCounts = EndpointCounts.NONE;
    private final CommandQueue.Consumer consumer = this::take;
    private boolean isTurning;
    private boolean isToClose;
    private volatile boolean isCutOff; // it has no socket any more, though a handler may still run

    /// A server that does not listen yet.
    ///
    /// @param types of the messages that it sends and takes
    public MessageServer(
            MessageTypes types, EndpointOptions options, ServerLimits limits, MessageServerListener listener) {
        this(Dependencies.real(types, options), options, limits, listener);
    }

    MessageServer(
            Dependencies dependencies, EndpointOptions options, ServerLimits limits, MessageServerListener listener) {
        this(dependencies, options, limits, listener, () -> true);
    }

    /// A server.
    ///
    /// @param mayReceive asked in each turn; while it says no, what comes is left to the system
    MessageServer(
            Dependencies dependencies,
            EndpointOptions options,
            ServerLimits limits,
            MessageServerListener listener,
            BooleanSupplier mayReceive) {
        this.dependencies = dependencies;
        this.options = options;
        this.limits = limits;
        this.listener = listener;
        this.mayReceive = mayReceive;
        eventLoop = new EventLoopThread(options.queue());
    }

    /// Listens on a port of all addresses of this machine, IPv4 and IPv6.
    ///
    /// @param port 0 lets the system choose, see [#localAddress()]
    /// @throws EndpointStateException if it listens already
    /// @throws EndpointAddressException if the port is out of range
    /// @throws IOException with a sentence, if the port cannot be had
    public void listen(int port) throws IOException {
        listen(EndpointAddressException.local(port));
    }

    /// Listens on one address.
    ///
    /// @param local an address of this machine, or the wildcard for all; port 0 lets the system
    ///     choose
    /// @throws EndpointStateException if it listens already
    /// @throws IOException with a sentence, if the address cannot be had
    public void listen(InetSocketAddress local) throws IOException {
        ServerLoop listening = loop;
        if (listening != null) {
            throw new EndpointStateException(
                    EndpointState.LISTENING,
                    "The server listens on " + listening.socket().localAddress() + " already: close it first.");
        }
        UdpSocket socket = dependencies.sockets().bound(local);
        try {
            loop = new ServerLoop(
                    socket, new ServerLoop.Settings(dependencies, options, limits, listener, eventLoop, mayReceive));
        } catch (RuntimeException | Error e) { // whatever the protocol found wrong: the port must be free again
            socket.close();
            throw e;
        }
    }

    /// Receives, runs timers, sends, and calls handlers. To be called often: each millisecond, or
    /// after [#await(Duration)]. Throws nothing but if a handler calls it.
    ///
    /// @return whether there was anything to do
    public boolean update() {
        if (isTurning) {
            throw new EndpointStateException(state(), "A handler must not call update(): it is called by it.");
        }
        ServerLoop listening = loop;
        if (listening == null) {
            return eventLoop.runUrgent();
        }
        isTurning = true;
        boolean wasBusy;
        try {
            wasBusy = eventLoop.runUrgent();
            wasBusy |= eventLoop.commands().drain(consumer, SENDS_PER_TURN) > 0;
            wasBusy |= listening.turn(mayReceive.getAsBoolean());
        } finally {
            isTurning = false;
        }
        if (isToClose) {
            close();
        }
        return wasBusy;
    }

    private boolean take(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        ServerLoop listening = loop;
        if (subject instanceof ServerConnection connection) {
            connection.sendLater(payload, channel);
        } else if (listening != null) {
            listening.broadcastLater(payload, channel);
        }
        return true;
    }

    /// Waits until there is something to do in [#update()], or the time is over.
    public void await(Duration atMost) {
        await(atMost.toNanos());
    }

    void await(long nanos) {
        ServerLoop listening = loop;
        if (listening != null) {
            listening.socket().await(Math.min(nanos, listening.idleNanos()));
        }
    }

    /// What it is doing: LISTENING or DISCONNECTED.
    public EndpointState state() {
        return loop == null || isCutOff ? EndpointState.DISCONNECTED : EndpointState.LISTENING;
    }

    /// Where it listens.
    ///
    /// @throws EndpointStateException if it does not
    public InetSocketAddress localAddress() {
        return listening().socket().localAddress();
    }

    /// Who is connected, or is being disconnected, at this moment.
    public List<Peer> peers() {
        ServerLoop listening = loop;
        return listening == null ? List.of() : listening.peers();
    }

    /// Who sends from that address; null if nobody connected.
    public @Nullable Peer peer(InetSocketAddress address) {
        ServerLoop listening = loop;
        return listening == null ? null : listening.peer(address);
    }

    /// Whether new clients may connect; true unless told. Peers are not concerned.
    public void acceptNew(boolean yes) {
        listening().acceptNew(yes);
    }

    /// Sends a payload to all peers but those that are being disconnected. Where a peer's
    /// connection cannot carry it, [MessageServerListener#error] is told.
    ///
    /// @return how many took it; the others have too much waiting already
    /// @throws EndpointStateException if the server does not listen
    public int broadcast(ByteBuffer payload, Channel channel) {
        return listening().broadcast(payload, channel);
    }

    /// Sends a message to all peers; else as [#broadcast(ByteBuffer, Channel)].
    public int broadcast(Object message, Channel channel) {
        return broadcast(listening().encoded(message), channel);
    }

    /// Sends a payload to all peers, on [Channel#RELIABLE].
    public int broadcastReliable(ByteBuffer payload) {
        return broadcast(payload, Channel.RELIABLE);
    }

    /// Sends a message to all peers, on [Channel#RELIABLE].
    public int broadcastReliable(Object message) {
        return broadcast(message, Channel.RELIABLE);
    }

    /// Sends a payload to all peers, from any thread.
    ///
    /// @return false if too much waits already
    boolean broadcastQueued(ByteBuffer payload, Channel channel) {
        if (eventLoop.isCurrentThread()) {
            listening().broadcastLater(payload, channel);
            return true;
        }
        listening();
        boolean isTaken = eventLoop.commands().offer(null, channel, payload);
        eventLoop.wake();
        return isTaken;
    }

    ByteBuffer encoded(Object message) {
        return listening().encoded(message);
    }

    /// Closes all connections, each after what was sent before; the server goes on listening.
    ///
    /// @param reason for people
    public void disconnectAll(String reason) {
        listening().disconnectAll(new CloseReason(CloseReason.Cause.LOCAL, reason));
    }

    /// What it has counted, of the last time that it listened if it does not now.
    public EndpointCounts counts() {
        ServerLoop listening = loop;
        return listening == null ? lastCounts : listening.counts();
    }

    /// How long a silent peer is kept.
    public Duration timeout() {
        return options.timeout();
    }

    /// Stops listening. Peers are told once, if their connection's protocol can; nobody waits for
    /// their answer. To let everything arrive, [#disconnectAll(String)] and update until
    /// [#peers()] is empty.
    @Override
    public void close() {
        ServerLoop listening = loop;
        isToClose = isTurning;
        if (listening == null || isTurning) {
            return;
        }
        isTurning = true;
        try {
            listening.close();
            lastCounts = listening.counts();
        } finally {
            loop = null;
            isTurning = false;
            isToClose = false;
        }
    }

    private ServerLoop listening() {
        ServerLoop listening = loop;
        if (listening == null) {
            throw new EndpointStateException(
                    EndpointState.DISCONNECTED, "The server does not listen: call listen() first.");
        }
        return listening;
    }

    EventLoopThread eventLoop() {
        return eventLoop;
    }

    /// Whether nobody is there whose connection is not over.
    boolean isEmpty() {
        ServerLoop listening = loop;
        return listening == null || listening.isEmpty();
    }

    /// Any thread. Ends a waiting.
    void wakeup() {
        ServerLoop listening = loop;
        if (listening != null) {
            listening.socket().wakeup();
        }
    }

    /// It cannot go on: frees everything, and tells.
    void fail(Throwable cause) {
        ServerLoop listening = loop;
        loop = null;
        if (listening != null) {
            listening.fail(cause);
        }
    }

    /// Any thread. Takes the socket away from whoever uses it.
    void cutOff() {
        isCutOff = true;
        ServerLoop listening = loop;
        if (listening != null) {
            listening.socket().close();
        }
    }
}
