package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.socket.Port;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A client's connection, from the attempt to its end, over as many ports as it takes: when a
/// server of legume's has nearly used up its ids, a second line is opened from another port; when
/// it stands, it takes the place of the first, which delivers what it has and leaves. The
/// client's thread only, but for what says otherwise.
final class ClientConnection implements ClientLine.Events {
    /// While there are two ports, none is waited for alone.
    private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

    /// After a failed move to another port.
    private static final long MOVE_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Parts parts;
    private final ClientListener listener;
    private final BooleanSupplier mayReceive;
    private final EndpointTime time;
    private final Handlers handlers;
    private final Incoming incoming;
    private volatile EndpointState state = EndpointState.DISCONNECTED;
    private volatile @Nullable ClientLine line; // null if there is no connection
    private @Nullable ClientLine next; // will take its place
    private @Nullable ClientLine former; // is leaving
    private @Nullable InetSocketAddress server;
    private Metrics earlier = Metrics.NONE; // of lines that are gone
    private EndpointCounts.Socket lastSocket = EndpointCounts.Socket.NONE;
    private long moveAt;
    private long unsent; // what threads had queued that came too late
    private boolean isTold; // that it was accepted
    private volatile boolean isClosing;
    private volatile boolean isCutOff; // it has no socket any more, though a handler may still run

    ClientConnection(Parts parts, EndpointOptions options, ClientListener listener, BooleanSupplier mayReceive) {
        this.parts = parts;
        this.listener = listener;
        this.mayReceive = mayReceive;
        time = new EndpointTime(options.clock());
        handlers = new Handlers(listener::error);
        incoming = new Incoming(parts.coding());
    }

    void connect(InetSocketAddress address) throws IOException {
        ClientLine first = line(address);
        server = address;
        earlier = Metrics.NONE;
        isTold = false;
        isClosing = false;
        moveAt = time.now();
        line = first;
        state = EndpointState.CONNECTING;
    }

    private ClientLine line(InetSocketAddress address) throws IOException {
        long now = time.now();
        Port port = parts.sockets().connected(address);
        try {
            return new ClientLine(
                    port, heard -> parts.protocols().client(address.getHostString(), heard, now), this, now);
        } catch (RuntimeException | Error e) { // whatever the protocol found wrong: the port must be free again
            port.close();
            throw e;
        }
    }

    void disconnect(CloseReason reason) {
        isClosing = true;
        ClientLine open = line;
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
        ClientLine open = line;
        return open != null && open.send(payload, channel);
    }

    /// Sends what another thread has given.
    ///
    /// @return false if it must wait
    boolean sendQueued(ByteBuffer payload, Channel channel) {
        ClientLine open = line;
        if (open == null || !open.isOpen() || open.isClosing()) {
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

    /// One turn: what has come, what leaves, what has changed.
    ///
    /// @return whether there was anything to do
    boolean turn() {
        ClientLine open = line;
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
        move(open);
        ClientLine standing = line; // perhaps another by now
        CloseReason reason = standing == null ? null : standing.ended();
        if (reason != null) {
            end(reason);
        }
        return wasBusy;
    }

    private boolean receive(@Nullable ClientLine from) {
        return from != null && from.receive(time.now());
    }

    private void flush(@Nullable ClientLine from) {
        if (from != null) {
            from.flush(time.now());
        }
    }

    /// To another port, if it is time.
    private void move(ClientLine open) {
        if (former != null && former.ended() != null) {
            earlier = former.metrics().finished().after(earlier);
            drop(former);
            former = null;
        }
        ClientLine coming = next;
        if (coming != null && coming.isOpen()) {
            former = open;
            line = coming;
            next = null;
            open.close(new CloseReason(CloseReason.Cause.LOCAL, "another port takes over"));
        } else if (coming != null && coming.ended() != null) {
            error("The server did not take the connection from another port: trying again.", null);
            drop(coming);
            next = null;
            moveAt = time.now() + MOVE_PAUSE_NANOS;
        } else if (coming == null && former == null && open.isOpen() && !isClosing && open.isWornOut()) {
            beginToMove();
        }
    }

    private void beginToMove() {
        long now = time.now();
        if (now < moveAt) {
            return;
        }
        try {
            next = line(Objects.requireNonNull(server));
        } catch (IOException e) {
            error("No other port for a connection whose ids run out: " + e.getMessage(), null);
            moveAt = now + MOVE_PAUSE_NANOS;
        }
    }

    private void end(CloseReason reason) {
        earlier = metrics().finished();
        counts(); // of the port that is closed now
        drop(line);
        drop(next);
        drop(former);
        line = null;
        next = null;
        former = null;
        switch (reason.cause()) {
            case LOCAL, REMOTE -> state = EndpointState.DISCONNECTED;
            case REJECTED, FULL, VERSION -> {
                state = EndpointState.ERRORED;
                if (!isTold) {
                    handlers.run("rejected", () -> listener.rejected(reason));
                    return;
                }
            }
            case TIMEOUT, PROTOCOL, UNTRUSTED, SOCKET -> {
                state = EndpointState.ERRORED;
                error(sentence(reason), null);
            }
        }
        handlers.run("disconnected", () -> listener.disconnected(reason));
    }

    private String sentence(CloseReason reason) {
        String what = isTold ? "The connection to " + server + " is lost" : "No connection to " + server;
        String why = reason.cause() == CloseReason.Cause.TIMEOUT ? "nothing came from it for too long" : reason.text();
        return what + ": " + (why.isEmpty() ? reason.cause() : why) + ".";
    }

    void close() {
        ClientLine open = line;
        if (open == null) {
            return;
        }
        var reason = new CloseReason(CloseReason.Cause.LOCAL, "the client was closed");
        disconnect(reason);
        flush(open); // what says goodbye leaves
        CloseReason ended = open.ended();
        end(ended == null ? reason : ended);
    }

    private static void drop(@Nullable ClientLine gone) {
        if (gone != null) {
            gone.port().close();
        }
    }

    void await(long nanos) {
        ClientLine open = line;
        if (open == null) {
            return;
        }
        long wakeAt = open.wakeAt();
        long wait = wakeAt == Long.MAX_VALUE ? nanos : Math.min(nanos, wakeAt - time.now());
        open.port().await(next == null && former == null ? wait : Math.min(wait, NAP_NANOS));
    }

    /// Any thread.
    EndpointState state() {
        return isCutOff ? EndpointState.DISCONNECTED : state;
    }

    InetSocketAddress localAddress() {
        ClientLine open = line;
        if (open == null) {
            throw new EndpointStateException(state, "The client has no connection: connect it first.");
        }
        return open.port().localAddress();
    }

    Metrics metrics() {
        Metrics sum = earlier;
        if (former != null) {
            sum = former.metrics().after(sum);
        }
        ClientLine open = line;
        return open == null ? sum : open.metrics().after(sum);
    }

    EndpointCounts counts() {
        ClientLine open = line;
        if (open != null) {
            lastSocket = EndpointCounts.Socket.of(open.port().counts());
        }
        return new EndpointCounts(0, 0, unsent, handlers.failures(), lastSocket);
    }

    /// Any thread.
    void wakeup() {
        ClientLine open = line;
        if (open != null) {
            open.port().wakeup();
        }
    }

    /// Any thread.
    void cutOff() {
        isCutOff = true;
        drop(line);
    }

    @Override
    public void opened() {
        if (!isTold) {
            isTold = true;
            state = EndpointState.CONNECTED;
            handlers.run("accepted", listener::accepted);
        }
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        handlers.message(listener, incoming.load(payload, channel), ClientListener::message);
    }

    @Override
    public void error(String sentence, @Nullable Throwable cause) {
        handlers.run("error", () -> listener.error(sentence, cause));
    }
}
