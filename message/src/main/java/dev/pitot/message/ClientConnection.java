package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.ReasonText;
import dev.pitot.message.socket.UdpSocket;
import dev.pitot.model.text.ErrorText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A client's connection, from the attempt to its end, and the next if it connects again by itself. The client's
/// thread only, but for what says otherwise.
final class ClientConnection implements EndpointRole {
    /// While there are two ports, none is waited for alone.
    private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

    /// The longest wait without a socket, which nothing ends early.
    private static final long LONGEST_PARK_NANOS = Duration.ofMillis(50).toNanos();

    private final Dependencies dependencies;
    private final ClientEvents events;
    private final Reconnection reconnection;
    private final RelativeClock time;
    private final ReceiveBudget budget;
    private final ClientPaths paths;
    private volatile EndpointState state = EndpointState.DISCONNECTED;
    private @Nullable InetSocketAddress server;
    private EndpointCounts.Socket lastSocket = EndpointCounts.Socket.NONE;
    private long unsent; // what threads had queued that came too late
    private boolean isReported; // that it was accepted
    private volatile boolean isClosing;
    private volatile boolean isLeaving; // told to close, perhaps by another thread
    private volatile boolean wantsRoom; // somebody waits until it can send again
    private volatile CompletableFuture<Void> connected = CompletableFuture.failedFuture(
            new EndpointStateException(EndpointState.DISCONNECTED, "The client was never told to connect."));

    ClientConnection(
            Dependencies dependencies, EndpointOptions options, ClientEvents events, Reconnection reconnection) {
        this.dependencies = dependencies;
        this.events = events;
        this.reconnection = reconnection;
        time = new RelativeClock(options.clock());
        budget = new ReceiveBudget(events, options, time);
        paths = new ClientPaths(this::path, events, budget);
    }

    void connect(InetSocketAddress address) throws IOException {
        server = address;
        paths.open(time.now());
        isReported = false;
        isClosing = false;
        isLeaving = false;
        wantsRoom = false;
        expectToConnect();
        state = EndpointState.CONNECTING;
    }

    private void expectToConnect() {
        if (connected.isDone()) { // else somebody waits for one of many attempts
            connected = new CompletableFuture<>();
        }
    }

    /// Any thread.
    CompletableFuture<Void> connected() {
        return connected.copy();
    }

    private ClientPath path() throws IOException {
        InetSocketAddress address = Objects.requireNonNull(server);
        long now = time.now();
        UdpSocket socket = dependencies.sockets().connected(address);
        try {
            return new ClientPath(
                    socket,
                    heard -> dependencies.negotiation().client(address.getHostString(), heard, now),
                    events,
                    this::opened,
                    budget.unreadNanos(),
                    now);
        } catch (RuntimeException | Error e) { // whatever the protocol found wrong: the port must be free again
            socket.close();
            throw e;
        }
    }

    @Override
    public void disconnect() {
        disconnect(new CloseReason(CloseReason.Cause.LOCAL, ""));
    }

    void disconnect(CloseReason reason) {
        isClosing = true;
        ClientPath open = paths.current();
        if (open != null) {
            open.close(reason);
        } else if (state == EndpointState.CONNECTING) { // another attempt was to come
            state = EndpointState.DISCONNECTED;
            connected.completeExceptionally(new EndpointStateException(state, "The client was told to disconnect."));
        }
        paths.stopMigration();
    }

    /// Any thread. It is to be closed, after what was sent before.
    void leave() {
        isLeaving = true;
    }

    /// Any thread. Checks that the protocol can carry a message.
    void check(ByteBuffer payload, Channel channel) {
        ClientPath open = paths.current();
        if (open != null) {
            open.check(payload, channel);
        }
    }

    /// Any thread.
    void checkConnected() {
        if (state != EndpointState.CONNECTED || isClosing || isLeaving) {
            throw new EndpointStateException(
                    state,
                    "The client is not connected: send when it has been accepted, and before its connection ends.");
        }
    }

    /// Sends what another thread has given, whose connection may have ended meanwhile.
    ///
    /// @throws EndpointStateException if it has
    boolean sendIfConnected(ByteBuffer payload, Channel channel) {
        checkConnected();
        return send(payload, channel);
    }

    boolean send(ByteBuffer payload, Channel channel) {
        ClientPath open = paths.current();
        boolean isTaken = open != null && open.send(payload, channel);
        if (!isTaken) { // else it keeps what other threads want
            wantsRoom = true;
        }
        return isTaken;
    }

    /// Any thread. The listener's writable is to be called when more can be sent.
    ///
    /// @return whether that is new, and the client must look
    boolean wantRoom() {
        boolean isNew = !wantsRoom;
        wantsRoom = true;
        return isNew;
    }

    void whenConfirmed(CompletableFuture<Void> confirmed) {
        standing().whenConfirmed(confirmed);
    }

    ConnectionDetails details() {
        ClientPath open = standing();
        if (state != EndpointState.CONNECTED) { // nothing is agreed yet, not even the protocol
            throw new EndpointStateException(
                    state, "The client is not connected yet: ask for details when it has been accepted.");
        }
        return open.details();
    }

    private ClientPath standing() {
        ClientPath open = paths.current();
        if (open == null) {
            throw new EndpointStateException(
                    state, "The client has no connection: connect first, with a new client if this one has ended.");
        }
        return open;
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        ClientPath open = paths.current();
        if (open == null || !open.isStanding() || open.isClosing()) {
            unsent++;
            return true;
        }
        try {
            return open.send(payload, channel);
        } catch (IllegalArgumentException e) { // a thread that has gone on cannot be told
            events.error(String.valueOf(e.getMessage()), null);
            return true;
        }
    }

    @Override
    public boolean turn() {
        ClientPath open = paths.current();
        if (open == null) {
            return reconnect();
        }
        long now = time.now();
        boolean wasBusy = open.wakeAt() <= now;
        budget.begin(now);
        if (!budget.isPaused()) {
            wasBusy |= paths.receive(now);
        }
        paths.flush(time.now());
        paths.migrate(!isClosing, time.now());
        ClientPath current = paths.current(); // perhaps another by now
        if (wantsRoom && current != null && current.isWritable() && events.hasRoom()) {
            wantsRoom = false;
            events.writable();
        }
        CloseReason reason = current == null ? null : current.ended();
        if (reason != null) {
            end(reason);
        }
        return wasBusy;
    }

    private void end(CloseReason ofPath) {
        CloseReason reason = ofPath.withUndelivered(ofPath.undelivered() + paths.undeliveredBefore());
        counts(); // of the port that is closed now
        paths.end();
        boolean isToReconnect = !isClosing && reconnection.follows(reason.cause(), time.now());
        state = switch (reason.cause()) {
            case LOCAL, REMOTE -> EndpointState.DISCONNECTED;
            case REJECTED, FULL, VERSION, TIMEOUT, PROTOCOL, UNTRUSTED, SOCKET, RESET -> EndpointState.ERRORED;
        };
        if (isToReconnect) {
            expectToConnect();
        } else {
            connected.completeExceptionally(new EndpointStateException(state, sentence(reason)));
        }
        tellEnd(reason);
        if (!isToReconnect || paths.current() != null) { // a handler has connected it itself
            return;
        }
        if (isClosing) { // a handler has closed it
            connected.completeExceptionally(new EndpointStateException(state, sentence(reason)));
        } else {
            state = EndpointState.CONNECTING;
        }
    }

    private void tellEnd(CloseReason reason) {
        switch (reason.cause()) {
            case LOCAL, REMOTE -> events.disconnected(reason);
            case REJECTED, FULL, VERSION -> {
                if (isReported) {
                    events.disconnected(reason);
                } else {
                    events.rejected(reason);
                }
            }
            case TIMEOUT, PROTOCOL, UNTRUSTED, SOCKET, RESET -> {
                events.error(sentence(reason), null);
                events.disconnected(reason);
            }
        }
    }

    /// Connects again if it is time.
    private boolean reconnect() {
        long now = time.now();
        if (state != EndpointState.CONNECTING || !events.hasRoom() || !reconnection.isDue(now)) {
            return false;
        }
        try {
            connect(Objects.requireNonNull(server));
        } catch (IOException e) {
            String name = ReasonText.of(Objects.requireNonNull(server));
            events.error("No connection to " + name + ": " + ErrorText.of(e), null);
            boolean _ = reconnection.follows(CloseReason.Cause.SOCKET, now);
        }
        return true;
    }

    private String sentence(CloseReason reason) {
        String name = ReasonText.of(Objects.requireNonNull(server));
        String what = isReported ? "The connection to " + name + " is lost" : "No connection to " + name;
        return ErrorText.sentence(what + ": " + ReasonText.of(reason));
    }

    @Override
    public void close() {
        ClientPath open = paths.current();
        if (open == null) {
            disconnect();
            return;
        }
        var reason = new CloseReason(CloseReason.Cause.LOCAL, "the client was closed");
        isClosing = true;
        paths.abort(reason, time.now());
        CloseReason ended = open.ended();
        end(ended == null ? reason.withUndelivered(open.undelivered()) : ended);
    }

    @Override
    public void await(long nanos) {
        ClientPath open = paths.current();
        if (open == null) {
            LockSupport.parkNanos(Math.min(Math.min(nanos, LONGEST_PARK_NANOS), reconnection.nanosLeft(time.now())));
            return;
        }
        long wakeAt = open.wakeAt();
        long wait = wakeAt == Long.MAX_VALUE ? nanos : Math.min(nanos, wakeAt - time.now());
        open.socket().await(paths.isMoving() ? Math.min(wait, NAP_NANOS) : wait, events.hasRoom());
    }

    @Override
    public EndpointState state() {
        return state;
    }

    @Override
    public boolean isOver(boolean isToClose) {
        return !state.isActive();
    }

    InetSocketAddress localAddress() {
        return standing().socket().localAddress();
    }

    Metrics metrics() {
        return paths.metrics();
    }

    EndpointCounts counts() {
        ClientPath open = paths.current();
        if (open != null) {
            lastSocket = EndpointCounts.Socket.of(open.socket().counts());
        }
        return new EndpointCounts(0, 0, 0, unsent, events.failures(), lastSocket);
    }

    @Override
    public void wakeup() {
        ClientPath open = paths.current();
        if (open != null) {
            open.socket().wakeup();
        }
    }

    @Override
    public void fail(Throwable cause) {
        boolean wasActive = paths.current() != null;
        long undelivered = 0;
        try {
            undelivered = paths.undelivered();
        } catch (Throwable _) { // a link may be what has failed: then nobody knows
        }
        paths.drop();
        state = EndpointState.DISCONNECTED;
        String why = ErrorText.sentence(ErrorText.of(cause));
        events.error("The client failed and is closed: " + why, cause);
        connected.completeExceptionally(new EndpointStateException(state, "The client failed: " + why));
        if (wasActive) {
            var reason = new CloseReason(CloseReason.Cause.LOCAL, "the client failed", undelivered);
            events.disconnected(reason);
        }
    }

    @Override
    public void cutOff() {
        paths.cutOff();
    }

    private void opened() {
        if (!isReported) {
            isReported = true;
            state = EndpointState.CONNECTED;
            reconnection.opened();
            connected.complete(null);
            events.accepted();
        }
    }
}
