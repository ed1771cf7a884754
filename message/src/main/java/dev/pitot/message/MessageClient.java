package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A client of messages that works when it is told to: everything happens in [#update()], in the
/// thread that calls it, handlers included. One thread at a time. For one that works by itself
/// see [RunningClient].
public final class MessageClient implements AutoCloseable {
    private final EndpointOptions options;
    private final EndpointLoop eventLoop;
    private final ClientConnection connection;
    private final MessageTypes types;
    private ByteBuffer scratch = ByteBuffer.allocate(MessageTypes.USUAL_BYTES);

    /// A client's settings, which begin with the usual ones.
    ///
    /// @param types of the messages that it sends and takes
    public static MessageClientBuilder builder(MessageTypes types) {
        return new MessageClientBuilder(types);
    }

    MessageClient(Dependencies dependencies, EndpointOptions options, MessageClientListener listener) {
        this(dependencies, options, listener, null, new Reconnection(Duration.ZERO));
    }

    /// A client.
    ///
    /// @param executor calls the handlers; null if the thread that updates does
    MessageClient(
            Dependencies dependencies,
            EndpointOptions options,
            MessageClientListener listener,
            @Nullable Executor executor,
            Reconnection reconnection) {
        this.options = options;
        types = dependencies.types();
        eventLoop = new EndpointLoop(options);
        var events = new ClientEvents(listener, types, executor, options.queue(), eventLoop::wakeup);
        connection = new ClientConnection(dependencies, options, events, reconnection);
        eventLoop.begin(connection, events);
    }

    /// Begins to connect. Looks the host up, which may take a while. [MessageClientListener#accepted],
    /// [MessageClientListener#rejected] or [MessageClientListener#disconnected] follows.
    ///
    /// @param port 1..65535
    /// @throws EndpointAddressException if the host is not known, or the port is out of range
    /// @throws EndpointStateException if the client is connected, or connecting
    /// @throws IOException with a sentence, if there is no way to that address
    public void connect(String host, int port) throws IOException {
        checkIdle();
        connection.connect(EndpointAddressException.resolve(host, port));
    }

    /// Begins to connect; else as [#connect(String, int)].
    public void connect(InetSocketAddress server) throws IOException {
        checkIdle();
        connection.connect(EndpointAddressException.checked(server));
    }

    private void checkIdle() {
        if (state().isActive()) {
            throw new EndpointStateException(
                    state(), "The client is connected, or connecting, already: disconnect it first, or use another.");
        }
    }

    /// Closes the connection, after what was sent before; [MessageClientListener#disconnected] follows
    /// when it is over. Without a connection nothing happens.
    public void disconnect() {
        disconnect("");
    }

    /// Closes the connection.
    ///
    /// @param reason for people; a server that speaks legume does not get it
    public void disconnect(String reason) {
        connection.leave();
        eventLoop.execute(() -> connection.disconnect(new CloseReason(CloseReason.Cause.LOCAL, reason)));
    }

    /// Sends a payload: the byte of a type's id, then a body. Its bytes are copied; they leave in
    /// [#update()].
    ///
    /// @param payload from position to limit, which stay
    /// @return false if too much waits already; then try again later
    /// @throws EndpointStateException if the client is not connected
    /// @throws IllegalArgumentException in the calling thread, if the connection cannot carry that: empty, too
    ///     long, a kind of channel that its protocol does not have, or a field that it cannot send. If another
    ///     connection has taken its place before the turn of what another thread sent, and cannot carry it,
    ///     [MessageClientListener#error] is called
    public boolean send(ByteBuffer payload, Channel channel) {
        connection.checkConnected();
        if (eventLoop.isCurrentThread()) {
            return connection.send(payload, channel);
        }
        connection.check(payload, channel); // this thread goes on before its message's turn comes
        boolean isTaken = eventLoop.commands().offer(null, channel, payload);
        if (!isTaken) {
            wantRoom();
        }
        eventLoop.wake();
        return isTaken;
    }

    private void wantRoom() {
        if (connection.wantRoom()) {
            eventLoop.execute(() -> {}); // a turn, in which it looks
        }
    }

    /// Sends a message of a type that the client was given; else as
    /// [#send(ByteBuffer, Channel)].
    public boolean send(Object message, Channel channel) {
        return send(encoded(message), channel);
    }

    /// Sends a message on a reliable channel, and reports when the server has confirmed it: it has the message,
    /// and on an ordered channel all before it, and has given it to its listener or the listener's executor.
    /// What the listener does with it is not known. If the connection ends first, the message may have arrived
    /// all the same.
    ///
    /// A handler must not wait for that, on an executor either.
    ///
    /// @return completes on the thread of the client, which must not be kept waiting; exceptionally with an
    ///     [IllegalStateException], if too much waits already, or the connection ends before
    /// @throws EndpointStateException if the client is not connected
    /// @throws IllegalArgumentException as [#send(ByteBuffer, Channel)], or if the channel is not reliable
    public CompletableFuture<Void> sendConfirmed(Object message, Channel channel) {
        connection.checkConnected();
        ByteBuffer payload = encoded(message);
        connection.check(payload, channel);
        return eventLoop.confirmed(
                payload, channel, connection::sendIfConnected, connection::whenConfirmed, this::wantRoom);
    }

    private ByteBuffer encoded(Object message) {
        if (!eventLoop.isCurrentThread()) {
            return types.encode(message, null);
        }
        scratch = types.encode(message, scratch);
        return scratch;
    }

    /// Sends a payload that comes exactly once, on [Channel#RELIABLE].
    public boolean sendReliable(ByteBuffer payload) {
        return send(payload, Channel.RELIABLE);
    }

    /// Sends a message that comes exactly once, on [Channel#RELIABLE].
    public boolean sendReliable(Object message) {
        return send(message, Channel.RELIABLE);
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

    /// What it is doing. Any thread.
    public EndpointState state() {
        return eventLoop.state();
    }

    /// Whether messages can be sent.
    public boolean isConnected() {
        return state() == EndpointState.CONNECTED;
    }

    /// Where it sends from.
    ///
    /// @throws EndpointStateException if there is no connection
    public InetSocketAddress localAddress() {
        return eventLoop.ask(connection::localAddress);
    }

    /// Completes when the server has accepted the connection that [#connect] begins; exceptionally with a sentence,
    /// if that fails. On the thread of the client, which must not be kept waiting. Any thread.
    public CompletableFuture<Void> connected() {
        return connection.connected();
    }

    /// The protocol of the connection, and who the server is.
    ///
    /// @throws EndpointStateException if there is no connection, or the server has not accepted it yet
    public ConnectionDetails details() {
        return eventLoop.ask(connection::details);
    }

    /// What the connection has measured, or the last one. All that legume's client reports is in it.
    public Metrics metrics() {
        return eventLoop.ask(connection::metrics);
    }

    /// What belongs to no connection.
    public EndpointCounts counts() {
        return eventLoop.ask(connection::counts);
    }

    /// Round-trip time, smoothed; null before the first.
    public @Nullable Duration latency() {
        Metrics.Latency latency = metrics().latency();
        return latency == null ? null : latency.smoothed();
    }

    /// How long a silent server is borne.
    public Duration timeout() {
        return options.timeout();
    }

    /// Ends the connection at once: one goodbye is sent to the server, if the protocol has one; nobody waits
    /// for its answer. To let everything arrive, [#disconnect()] and update until the state is no
    /// longer [EndpointState#CONNECTED]. The client can connect again afterwards.
    @Override
    public void close() {
        eventLoop.end();
    }

    EndpointLoop eventLoop() {
        return eventLoop;
    }
}
