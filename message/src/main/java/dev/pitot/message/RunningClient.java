package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client with a thread of its own, for one connection: it ends with it, unless it was told to
/// [reconnect][MessageClientBuilder#reconnect]. Any thread may use it.
public final class RunningClient implements AutoCloseable {
    private final MessageClient client;

    private RunningClient(MessageClient client) {
        this.client = client;
    }

    /// Starts the thread of a client that has not been used yet.
    static RunningClient start(MessageClient client, InetSocketAddress server) throws IOException {
        client.connect(server);
        client.eventLoop().start("message-client");
        return new RunningClient(client);
    }

    /// Sends a payload; see [MessageClient#send(ByteBuffer, Channel)].
    ///
    /// @return false if too much waits already, here or in the connection; then try again later
    public boolean send(ByteBuffer payload, Channel channel) {
        return client.send(payload, channel);
    }

    /// Sends a message; see [MessageClient#send(Object, Channel)].
    public boolean send(Object message, Channel channel) {
        return client.send(message, channel);
    }

    /// Sends a message on a reliable channel, and reports when the server has confirmed it; see
    /// [MessageClient#sendConfirmed(Object, Channel)].
    public CompletableFuture<Void> sendConfirmed(Object message, Channel channel) {
        return client.sendConfirmed(message, channel);
    }

    /// Completes when the server has accepted the connection; exceptionally with a sentence, if that fails. On the
    /// client's thread, which must not be kept waiting.
    public CompletableFuture<Void> connected() {
        return client.connected();
    }

    /// The protocol of the connection, and who the server is.
    ///
    /// @throws EndpointStateException if there is no connection, or the server has not accepted it yet
    public ConnectionDetails details() {
        return client.details();
    }

    /// Sends a payload that comes exactly once, on [Channel#RELIABLE].
    public boolean sendReliable(ByteBuffer payload) {
        return client.sendReliable(payload);
    }

    /// Sends a message that comes exactly once, on [Channel#RELIABLE].
    public boolean sendReliable(Object message) {
        return client.sendReliable(message);
    }

    /// What it is doing.
    public EndpointState state() {
        return client.state();
    }

    /// Whether messages can be sent.
    public boolean isConnected() {
        return client.isConnected();
    }

    /// Where it sends from.
    ///
    /// @throws EndpointStateException if there is no connection
    public InetSocketAddress localAddress() {
        return client.localAddress();
    }

    /// What the connection has measured.
    ///
    /// @throws IllegalStateException if a handler keeps the client's thread for a second
    public Metrics metrics() {
        return client.metrics();
    }

    /// What belongs to no connection.
    ///
    /// @throws IllegalStateException if a handler keeps the client's thread for a second
    public EndpointCounts counts() {
        return client.counts();
    }

    /// Closes the connection, after what was sent before, whatever time it takes.
    public void disconnect() {
        client.disconnect();
    }

    /// Closes it, after what was sent before if that takes half a second at most; returns
    /// within a second, or at once if a handler on the client's thread calls it.
    @Override
    public void close() {
        client.eventLoop().stop();
    }

    /// Completes when it is over and its listener has been called: with null if it was closed or its
    /// connection ended, with what its thread failed by if that cannot go on, as an [OutOfMemoryError].
    /// Its port is free then. An executor of its listener that is behind, or takes no task, delays it by a second
    /// at most: then the listener may hear of the end later, or not at all.
    public CompletableFuture<@Nullable Throwable> closed() {
        return client.eventLoop().closed();
    }
}
