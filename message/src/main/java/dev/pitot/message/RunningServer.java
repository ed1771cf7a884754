package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A server with a thread of its own, which listens until it is closed. Any thread may use it,
/// and its peers.
public final class RunningServer implements AutoCloseable {
    private final MessageServer server;
    private final InetSocketAddress address;

    private RunningServer(MessageServer server) {
        this.server = server;
        address = server.localAddress();
    }

    /// Starts the thread of a server that has not been used yet.
    static RunningServer start(MessageServer server, InetSocketAddress local) throws IOException {
        server.listen(local);
        var running = new RunningServer(server);
        server.eventLoop().start("message-server-" + running.address.getPort());
        return running;
    }

    /// Where it listens, or did.
    public InetSocketAddress localAddress() {
        return address;
    }

    /// What it is doing: LISTENING or DISCONNECTED.
    public EndpointState state() {
        return server.state();
    }

    /// Who is connected, or is being disconnected, at this moment.
    public List<Peer> peers() {
        return server.peers();
    }

    /// Who sends from that address; null if nobody connected.
    public @Nullable Peer peer(InetSocketAddress peerAddress) {
        return server.peer(peerAddress);
    }

    /// Whether new clients may connect; true unless set, as [MessageServer#acceptNew] says. Peers are not concerned.
    public void acceptNew(boolean yes) {
        server.acceptNew(yes);
    }

    /// Sends a payload to all peers but those that are being disconnected. Where a peer's
    /// connection cannot carry it, [MessageServerListener#error] is called.
    ///
    /// @return false if too much waits already; then nobody gets it
    /// @throws EndpointStateException if the server is closed
    public boolean broadcast(ByteBuffer payload, Channel channel) {
        return server.broadcastQueued(payload, channel);
    }

    /// Sends a message to all peers; else as [#broadcast(ByteBuffer, Channel)].
    public boolean broadcast(Object message, Channel channel) {
        return server.broadcastQueued(server.encoded(message), channel);
    }

    /// Sends a payload to all peers, on [Channel#RELIABLE].
    public boolean broadcastReliable(ByteBuffer payload) {
        return broadcast(payload, Channel.RELIABLE);
    }

    /// Sends a message to all peers, on [Channel#RELIABLE].
    public boolean broadcastReliable(Object message) {
        return broadcast(message, Channel.RELIABLE);
    }

    /// Closes all connections, each after what was sent before; the server goes on listening.
    ///
    /// @param reason for people
    public void disconnectAll(String reason) {
        server.eventLoop().execute(() -> {
            if (server.state().isActive()) { // else all are gone anyway
                server.disconnectAll(reason);
            }
        });
    }

    /// What it has counted.
    ///
    /// @throws IllegalStateException if a handler keeps the server's thread for a second
    public EndpointCounts counts() {
        return server.eventLoop().ask(server::counts);
    }

    /// Stops listening, after what was sent before if that takes half a second at most; returns
    /// within a second, or at once if a handler on the server's thread calls it.
    @Override
    public void close() {
        server.eventLoop().stop();
    }

    /// Completes when it is over and its listener has been called: with null if it was closed, with
    /// what its thread failed by if that cannot go on, as an [OutOfMemoryError].
    /// Its port is free then. An executor of its listener that is behind, or takes no task, delays it by a second
    /// at most: then the listener may hear of the end later, or not at all.
    public CompletableFuture<@Nullable Throwable> closed() {
        return server.eventLoop().closed();
    }
}
