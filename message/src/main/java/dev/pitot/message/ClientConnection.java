package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.socket.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A client's connection, from the attempt to its end, over as many ports as it takes: when a
/// server of legume's has nearly used up its ids, a second line is opened from another port; when
/// it stands, it takes the place of the first, which delivers what it has and leaves. The
/// client's thread only, but for what says otherwise.
final class ClientConnection implements EndpointLoop.Role, ClientPath.Events {
    /// While there are two ports, none is waited for alone.
    private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

    /// After a failed move to another port.
    private static final long MIGRATION_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Dependencies dependencies;
    private final MessageClientListener listener;
    private final BooleanSupplier mayReceive;
    private final RelativeClock time;
    private final SafeListener safeListener;
    private final ReceivedMessage receivedMessage;
    private volatile EndpointState state = EndpointState.DISCONNECTED;
    private volatile @Nullable ClientPath path; // null if there is no connection
    private @Nullable ClientPath next; // will take its place
    private @Nullable ClientPath former; // is leaving
    private @Nullable InetSocketAddress server;
    private Metrics earlier = Metrics.NONE; // of lines that are gone
    private EndpointCounts.Socket lastSocket = EndpointCounts.Socket.NONE;
    private long migrateAt;
    private long unsent; // what threads had queued that came too late
    private boolean isReported; // that it was accepted
    private volatile boolean isClosing;
    private volatile boolean wantsRoom; // somebody wants to hear when it can send again
    private volatile CompletableFuture<Void> connected = CompletableFuture.failedFuture(
            new EndpointStateException(EndpointState.DISCONNECTED, "The client was never told to connect."));

    ClientConnection(
            Dependencies dependencies,
            EndpointOptions options,
            MessageClientListener listener,
            BooleanSupplier mayReceive) {
        this.dependencies = dependencies;
        this.listener = listener;
        this.mayReceive = mayReceive;
        time = new RelativeClock(options.clock());
        safeListener = new SafeListener(listener::error);
        receivedMessage = new ReceivedMessage(dependencies.codec());
    }

    void connect(InetSocketAddress address) throws IOException {
        ClientPath first = path(address);
        server = address;
        earlier = Metrics.NONE;
        isReported = false;
        isClosing = false;
        migrateAt = time.now();
        path = first;
        wantsRoom = false;
        connected = new CompletableFuture<>();
        state = EndpointState.CONNECTING;
    }

    /// Any thread.
    CompletableFuture<Void> connected() {
        return connected.copy();
    }

    private ClientPath path(InetSocketAddress address) throws IOException {
        long now = time.now();
        UdpSocket socket = dependencies.sockets().connected(address);
        try {
            return new ClientPath(
                    socket, heard -> dependencies.negotiation().client(address.getHostString(), heard, now), this, now);
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
        ClientPath open = path;
        if (open != null) {
            open.close(reason);
        }
        drop(next);
        next = null;
    }

    /// Any thread.
    void checkConnected() {
        if (state != EndpointState.CONNECTED || isClosing) {
            throw new EndpointStateException(
                    state, "The client is not connected: connect it, and send when it has been accepted.");
        }
    }

    boolean send(ByteBuffer payload, Channel channel) {
        ClientPath open = path;
        boolean isTaken = open != null && open.send(payload, channel);
        wantsRoom |= !isTaken;
        return isTaken;
    }

    /// Any thread. The listener is to be told when more can be sent.
    void wantRoom() {
        wantsRoom = true;
    }

    void whenConfirmed(CompletableFuture<Void> confirmed) {
        standing().whenConfirmed(confirmed);
    }

    ConnectionDetails details() {
        return standing().details();
    }

    private ClientPath standing() {
        ClientPath open = path;
        if (open == null) {
            throw new EndpointStateException(state, "The client has no connection: connect it first.");
        }
        return open;
    }

    @Override
    public boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        ClientPath open = path;
        if (open == null || !open.isStanding() || open.isClosing()) {
            unsent++;
            return true;
        }
        try {
            return open.send(payload, channel);
        } catch (IllegalArgumentException e) { // a thread that has gone on cannot be told
            error(String.valueOf(e.getMessage()), null);
            return true;
        }
    }

    @Override
    public boolean turn() {
        ClientPath open = path;
        if (open == null) {
            return false;
        }
        boolean wasBusy = open.wakeAt() <= time.now();
        if (mayReceive.getAsBoolean()) {
            wasBusy |= receive(open);
            wasBusy |= receive(next);
            wasBusy |= receive(former);
        }
        flush(open);
        flush(next);
        flush(former);
        migrate(open);
        ClientPath current = path; // perhaps another by now
        if (wantsRoom && current != null && current.isWritable()) {
            wantsRoom = false;
            safeListener.run("writable", listener::writable);
        }
        CloseReason reason = current == null ? null : current.ended();
        if (reason != null) {
            end(reason);
        }
        return wasBusy;
    }

    private boolean receive(@Nullable ClientPath from) {
        return from != null && from.receive(time.now());
    }

    private void flush(@Nullable ClientPath from) {
        if (from != null) {
            from.flush(time.now());
        }
    }

    /// To another port, if it is time.
    private void migrate(ClientPath open) {
        CloseReason left = former == null ? null : former.ended();
        if (former != null && left != null) {
            if (left.undelivered() > 0) {
                error(
                        left.undelivered() + " messages were not confirmed before the port changed: they may be lost.",
                        null);
            }
            earlier = former.metrics().finished().after(earlier);
            drop(former);
            former = null;
        }
        ClientPath coming = next;
        if (coming != null && coming.isStanding()) {
            former = open;
            path = coming;
            next = null;
            open.close(new CloseReason(CloseReason.Cause.LOCAL, "another port takes over"));
            safeListener.run("migrated", listener::migrated);
        } else if (coming != null && coming.ended() != null) {
            error("The server did not take the connection from another port: trying again.", null);
            drop(coming);
            next = null;
            migrateAt = time.now() + MIGRATION_PAUSE_NANOS;
        } else if (coming == null && former == null && open.isStanding() && !isClosing && open.idsExhausted()) {
            beginMigration();
        }
    }

    private void beginMigration() {
        long now = time.now();
        if (now < migrateAt) {
            return;
        }
        try {
            next = path(Objects.requireNonNull(server));
        } catch (IOException e) {
            error("No other port for a connection whose ids run out: " + e.getMessage(), null);
            migrateAt = now + MIGRATION_PAUSE_NANOS;
        }
    }

    private void end(CloseReason ofPath) {
        CloseReason reason = ofPath.withUndelivered(ofPath.undelivered() + undelivered(former));
        earlier = metrics().finished();
        counts(); // of the port that is closed now
        drop(path);
        drop(next);
        drop(former);
        path = null;
        next = null;
        former = null;
        switch (reason.cause()) {
            case LOCAL, REMOTE -> state = EndpointState.DISCONNECTED;
            case REJECTED, FULL, VERSION -> {
                state = EndpointState.ERRORED;
                if (!isReported) {
                    connected.completeExceptionally(new EndpointStateException(state, sentence(reason)));
                    safeListener.run("rejected", () -> listener.rejected(reason));
                    return;
                }
            }
            case TIMEOUT, PROTOCOL, UNTRUSTED, SOCKET, RESET -> {
                state = EndpointState.ERRORED;
                error(sentence(reason), null);
            }
        }
        connected.completeExceptionally(new EndpointStateException(state, sentence(reason)));
        safeListener.run("disconnected", () -> listener.disconnected(reason));
    }

    private String sentence(CloseReason reason) {
        String what = isReported ? "The connection to " + server + " is lost" : "No connection to " + server;
        boolean isSilence =
                reason.cause() == CloseReason.Cause.TIMEOUT && reason.text().isEmpty();
        String why = isSilence ? "nothing came from it for too long" : reason.text();
        return what + ": " + (why.isEmpty() ? reason.cause() : why) + ".";
    }

    @Override
    public void close() {
        ClientPath open = path;
        if (open == null) {
            return;
        }
        var reason = new CloseReason(CloseReason.Cause.LOCAL, "the client was closed");
        disconnect(reason);
        flush(open); // what says goodbye leaves
        CloseReason ended = open.ended();
        end(ended == null ? reason.withUndelivered(open.undelivered()) : ended);
    }

    private static long undelivered(@Nullable ClientPath of) {
        return of == null ? 0 : of.undelivered();
    }

    private static void drop(@Nullable ClientPath gone) {
        if (gone != null) {
            gone.socket().close();
        }
    }

    @Override
    public void await(long nanos) {
        ClientPath open = path;
        if (open == null) {
            return;
        }
        long wakeAt = open.wakeAt();
        long wait = wakeAt == Long.MAX_VALUE ? nanos : Math.min(nanos, wakeAt - time.now());
        open.socket().await(next == null && former == null ? wait : Math.min(wait, NAP_NANOS));
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
        Metrics sum = earlier;
        if (former != null) {
            sum = former.metrics().after(sum);
        }
        ClientPath open = path;
        return open == null ? sum : open.metrics().after(sum);
    }

    EndpointCounts counts() {
        ClientPath open = path;
        if (open != null) {
            lastSocket = EndpointCounts.Socket.of(open.socket().counts());
        }
        return new EndpointCounts(0, 0, 0, unsent, safeListener.failures(), lastSocket);
    }

    @Override
    public void wakeup() {
        ClientPath open = path;
        if (open != null) {
            open.socket().wakeup();
        }
    }

    @Override
    public void fail(Throwable cause) {
        boolean wasActive = path != null;
        long undelivered = 0;
        try {
            undelivered = undelivered(path) + undelivered(former);
        } catch (Throwable _) { // a link may be what has failed: then nobody knows
        }
        drop(path);
        drop(next);
        drop(former);
        path = null;
        next = null;
        former = null;
        state = EndpointState.DISCONNECTED;
        error("The client failed and is closed: " + cause + ".", cause);
        if (wasActive) {
            connected.completeExceptionally(new EndpointStateException(state, "The client failed: " + cause + "."));
            var reason = new CloseReason(CloseReason.Cause.LOCAL, "the client failed", undelivered);
            safeListener.run("disconnected", () -> listener.disconnected(reason));
        }
    }

    @Override
    public void cutOff() {
        drop(path);
    }

    @Override
    public void opened() {
        if (!isReported) {
            isReported = true;
            state = EndpointState.CONNECTED;
            connected.complete(null);
            safeListener.run("accepted", listener::accepted);
        }
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        safeListener.message(listener, receivedMessage.load(payload, channel), MessageClientListener::message);
    }

    @Override
    public void error(String sentence, @Nullable Throwable cause) {
        safeListener.run("error", () -> listener.error(sentence, cause));
    }
}
