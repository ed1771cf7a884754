package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.ReasonText;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client of a server, as the server sees it. If the server has a thread of its own, any thread
/// may use it; else the server's caller only.
public final class Peer {
    private final ServerConnection connection;
    private volatile @Nullable Object attachment;

    Peer(ServerConnection connection) {
        this.connection = connection;
    }

    /// Where it sends from. In the extended mode without DTLS it changes when the client's address does, as
    /// behind a router that assigns another port.
    public InetSocketAddress address() {
        return connection.address();
    }

    /// Whether it was accepted and nobody has begun to close the connection.
    public boolean isConnected() {
        return connection.isConnected() && !connection.isLeaving();
    }

    /// Sends a payload: the byte of a type's id, then a body. Its bytes are copied.
    ///
    /// @param payload from position to limit, which stay
    /// @return false if too much waits already; then try again later
    /// @throws EndpointStateException if it is not connected
    /// @throws IllegalArgumentException in the calling thread, if its connection cannot carry that: empty, too
    ///     long, a kind of channel that its protocol does not have, or a field that it cannot send
    public boolean send(ByteBuffer payload, Channel channel) {
        return connection.send(payload, channel);
    }

    /// Sends a message of a type that the server was given; else as [#send(ByteBuffer, Channel)].
    public boolean send(Object message, Channel channel) {
        return connection.send(connection.loop().encoded(message), channel);
    }

    /// Sends a message on a reliable channel, and reports when the client has confirmed it: it has the message,
    /// and on an ordered channel all before it, and has given it to its listener or the listener's executor.
    /// What the listener does with it is not known. If the connection ends first, the message may have arrived
    /// all the same.
    ///
    /// A handler must not wait for that, on an executor either.
    ///
    /// @return completes on the server's thread, which must not be kept waiting; exceptionally with an
    ///     [IllegalStateException], if too much waits already, or the connection ends before
    /// @throws EndpointStateException if it is not connected
    /// @throws IllegalArgumentException as [#send(ByteBuffer, Channel)], or if the channel is not reliable
    public CompletableFuture<Void> sendConfirmed(Object message, Channel channel) {
        connection.checkConnected();
        ByteBuffer payload = connection.loop().encoded(message);
        connection.check(payload, channel);
        return connection
                .loop()
                .eventLoop()
                .confirmed(payload, channel, connection::send, connection::whenConfirmed, connection::wantRoom);
    }

    /// The protocol of the connection, and who the client is: to be asked in [MessageServerListener#connecting] too.
    ///
    /// @throws EndpointStateException if it is gone
    public ConnectionDetails details() {
        return connection.loop().eventLoop().ask(() -> ConnectionDetails.of(connection.link()));
    }

    /// Sends a payload that comes exactly once, on [Channel#RELIABLE].
    public boolean sendReliable(ByteBuffer payload) {
        return send(payload, Channel.RELIABLE);
    }

    /// Sends a message that comes exactly once, on [Channel#RELIABLE].
    public boolean sendReliable(Object message) {
        return send(message, Channel.RELIABLE);
    }

    /// Closes the connection, after what was sent before. [MessageServerListener#disconnected] follows.
    public void disconnect() {
        disconnect("");
    }

    /// Closes the connection, after what was sent before.
    ///
    /// @param reason for people; a client that speaks legume does not get it
    public void disconnect(String reason) {
        connection.leave();
        connection.loop().eventLoop().execute(() -> connection.close(new CloseReason(CloseReason.Cause.LOCAL, reason)));
    }

    /// What its connection has measured.
    public Metrics metrics() {
        return connection.loop().eventLoop().ask(connection::metrics);
    }

    /// Round-trip time, smoothed; null before the first.
    public @Nullable Duration latency() {
        Metrics.Latency latency = metrics().latency();
        return latency == null ? null : latency.smoothed();
    }

    /// Whatever the program has attached to it; null if nothing.
    public @Nullable Object attachment() {
        return attachment;
    }

    /// Attaches something of the program to it.
    public void attach(@Nullable Object something) {
        attachment = something;
    }

    @Override
    public String toString() {
        return "peer " + ReasonText.of(address());
    }
}
