package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.ReasonText;
import dev.pitot.message.socket.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A server of messages that works when it is told to: everything happens in [#update()], in the
/// thread that calls it, handlers included. One thread at a time. For one that works by itself
/// see [RunningServer].
public final class MessageServer implements AutoCloseable {
    private final Dependencies dependencies;
    private final EndpointOptions options;
    private final ServerLimits limits;
    private final MessageServerListener listener;
    private final EndpointLoop eventLoop;
    private final @Nullable Executor executor;
    private volatile @Nullable ServerLoop loop; // the last one; null until it listens

    /// A server's settings, which begin with the usual ones.
    ///
    /// @param types of the messages that it sends and takes
    public static MessageServerBuilder builder(MessageTypes types) {
        return new MessageServerBuilder(types);
    }

    MessageServer(
            Dependencies dependencies, EndpointOptions options, ServerLimits limits, MessageServerListener listener) {
        this(dependencies, options, limits, listener, null);
    }

    /// A server.
    ///
    /// @param executor calls the handlers; null if the thread that updates does
    MessageServer(
            Dependencies dependencies,
            EndpointOptions options,
            ServerLimits limits,
            MessageServerListener listener,
            @Nullable Executor executor) {
        this.dependencies = dependencies;
        this.options = options;
        this.limits = limits;
        this.listener = listener;
        this.executor = executor;
        eventLoop = new EndpointLoop(options);
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
        if (state() == EndpointState.LISTENING) {
            throw new EndpointStateException(
                    EndpointState.LISTENING,
                    "The server listens on " + ReasonText.of(localAddress()) + " already: close it first.");
        }
        UdpSocket socket = dependencies.sockets().bound(local);
        try {
            var events = new ServerEvents(listener, dependencies.types(), executor, options.queue(), eventLoop::wakeup);
            var listening = new ServerLoop(socket, dependencies, options, limits, events, eventLoop);
            loop = listening;
            eventLoop.begin(listening, events);
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
        return eventLoop.update();
    }

    /// Waits until there is something to do in [#update()], or the time is over.
    public void await(Duration atMost) {
        eventLoop.await(atMost.toNanos());
    }

    /// What it is doing: LISTENING or DISCONNECTED.
    public EndpointState state() {
        return eventLoop.state();
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
        return listening == null ? List.of() : listening.connections().peers();
    }

    /// Who sends from that address; null if nobody connected.
    public @Nullable Peer peer(InetSocketAddress address) {
        ServerLoop listening = loop;
        return listening == null ? null : listening.connections().peer(address);
    }

    /// Sets whether new clients may connect; true unless set. While they may not, they are refused as by a full server,
    /// with [CloseReason.Cause#FULL] and a sentence; legume's protocol has neither, there they are just rejected.
    /// [EndpointCounts#refused()] counts them. Peers are not concerned.
    public void acceptNew(boolean yes) {
        listening().acceptNew(yes);
    }

    /// Sends a payload to all peers but those that are being disconnected. Where a peer's
    /// connection cannot carry it, [MessageServerListener#error] is called.
    ///
    /// @return how many took it; the others have too much waiting already
    /// @throws EndpointStateException if the server does not listen
    public int broadcast(ByteBuffer payload, Channel channel) {
        return listening().connections().broadcast(payload, channel);
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
            listening().connections().broadcastLater(payload, channel);
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
        listening().connections().closeAll(new CloseReason(CloseReason.Cause.LOCAL, reason));
    }

    /// What it has counted, of the last time that it listened if it does not now.
    public EndpointCounts counts() {
        ServerLoop listening = loop;
        return listening == null ? EndpointCounts.NONE : listening.counts();
    }

    /// How long a silent peer is kept.
    public Duration timeout() {
        return options.timeout();
    }

    /// Stops listening. One goodbye is sent to each peer, if its protocol has one; nobody waits for
    /// their answer. To let everything arrive, [#disconnectAll(String)] and update until
    /// [#peers()] is empty.
    @Override
    public void close() {
        eventLoop.end();
    }

    private ServerLoop listening() {
        ServerLoop listening = loop;
        if (listening == null || listening.state() != EndpointState.LISTENING) {
            throw new EndpointStateException(
                    EndpointState.DISCONNECTED,
                    "The server does not listen: start it, or another one if it was closed.");
        }
        return listening;
    }

    EndpointLoop eventLoop() {
        return eventLoop;
    }
}
