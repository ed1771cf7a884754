package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.ProtocolConnection;
import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.model.text.ErrorText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The ports of a client's connection: one; when a server of legume's has nearly used up its ids, a second is
/// opened, and when its link stands, it takes the place of the first, which delivers what it has and leaves. The
/// client's thread only, but for what says otherwise.
final class ClientPaths implements DatagramHandler {
    /// After a failed move to another port.
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Opener opener;
    private final ClientEvents events;
    private final ReceiveBudget budget;
    private volatile @Nullable ClientPath current; // null if there is no connection
    private @Nullable ClientPath next; // will take its place
    private @Nullable ClientPath former; // is leaving
    private Metrics earlier = Metrics.NONE; // of ports that are gone
    private long migrateAt;
    private @Nullable ClientPath receiving; // whose datagrams are read
    private long receivedAt;

    /// Opens a port for the connection.
    @FunctionalInterface
    interface Opener {
        /// Opens one.
        ClientPath open() throws IOException;
    }

    ClientPaths(Opener opener, ClientEvents events, ReceiveBudget budget) {
        this.opener = opener;
        this.events = events;
        this.budget = budget;
    }

    /// Opens the first port of a new connection.
    void open(long now) throws IOException {
        ClientPath first = opener.open();
        earlier = Metrics.NONE;
        migrateAt = now;
        current = first;
    }

    /// Any thread. The port that is used; null if there is no connection.
    @Nullable ClientPath current() {
        return current;
    }

    /// Whether one port cannot be waited for alone.
    boolean isMoving() {
        return next != null || former != null;
    }

    /// Takes what has come.
    ///
    /// @return whether anything has
    boolean receive(long now) {
        boolean hasCome = receive(current, now);
        hasCome |= receive(next, now);
        return receive(former, now) || hasCome;
    }

    private boolean receive(@Nullable ClientPath from, long now) {
        if (from == null) {
            return false;
        }
        from.setTime(now);
        receiving = from;
        receivedAt = now;
        boolean hasCome = budget.receive(from.socket(), this) > 0;
        from.reportUnreachable();
        return hasCome;
    }

    @Override
    public void datagram(ByteBuffer datagram, InetSocketAddress server) {
        ClientPath path = Objects.requireNonNull(receiving);
        ProtocolConnection link = path.working();
        if (link == null || path.ended() != null) {
            return;
        }
        try {
            link.receive(datagram, receivedAt);
            if (link instanceof NegotiatingLink negotiating && negotiating.isSettled()) {
                path.begin(negotiating.inner());
            }
        } catch (RuntimeException e) { // never, by the contract of links; the program must go on
            path.broken(e);
        }
    }

    /// Sends what may leave.
    void flush(long now) {
        flush(current, now);
        flush(next, now);
        flush(former, now);
    }

    private void flush(@Nullable ClientPath from, long now) {
        if (from != null) {
            long _ = from.extendTimeouts(budget.unreadNanos(), now);
            from.flush(now);
        }
    }

    /// Goes to another port, if it is time.
    ///
    /// @param mayBegin whether another port may be opened
    void migrate(boolean mayBegin, long now) {
        closeFormer();
        ClientPath open = Objects.requireNonNull(current);
        ClientPath coming = next;
        if (coming != null && coming.isStanding()) {
            former = open;
            current = coming;
            next = null;
            open.close(new CloseReason(CloseReason.Cause.LOCAL, "another port takes over"));
            events.migrated();
        } else if (coming != null && coming.ended() != null) {
            events.error("The server did not take the connection from another port: trying again.", null);
            stopMigration();
            migrateAt = now + PAUSE_NANOS;
        } else if (mayBegin && !isMoving() && open.isStanding() && open.idsExhausted() && now >= migrateAt) {
            openNext(now);
        }
    }

    private void closeFormer() {
        CloseReason left = former == null ? null : former.ended();
        if (former == null || left == null) {
            return;
        }
        if (left.undelivered() > 0) {
            events.error(
                    left.undelivered() + " messages were not confirmed before the port changed: they may be lost.",
                    null);
        }
        earlier = former.metrics().finished().after(earlier);
        drop(former);
        former = null;
    }

    private void openNext(long now) {
        try {
            next = opener.open();
        } catch (IOException e) {
            events.error("No other port for a connection whose ids run out: " + ErrorText.of(e), null);
            migrateAt = now + PAUSE_NANOS;
        }
    }

    /// Stays at the port that is used.
    void stopMigration() {
        drop(next);
        next = null;
    }

    /// Reliable messages that are not confirmed.
    long undelivered() {
        return undelivered(current) + undeliveredBefore();
    }

    /// Those of the port that was used before.
    long undeliveredBefore() {
        return undelivered(former);
    }

    private static long undelivered(@Nullable ClientPath of) {
        return of == null ? 0 : of.undelivered();
    }

    /// What the connection has measured, or the last one.
    Metrics metrics() {
        Metrics sum = former == null ? earlier : former.metrics().after(earlier);
        ClientPath open = current;
        return open == null ? sum : open.metrics().after(sum);
    }

    /// Ends the connection at once; what says goodbye leaves.
    void abort(CloseReason reason, long now) {
        stopMigration();
        abort(current, reason, now);
        abort(former, reason, now);
    }

    private static void abort(@Nullable ClientPath path, CloseReason reason, long now) {
        if (path != null) {
            path.abort(reason, now);
        }
    }

    /// Closes all ports of a connection that is over, and keeps what it measured.
    void end() {
        earlier = metrics().finished();
        drop();
    }

    /// Closes all ports, though a link may have failed.
    void drop() {
        cutOff();
        stopMigration();
        drop(former);
        current = null;
        former = null;
    }

    /// Any thread. Takes the port that is used away.
    void cutOff() {
        drop(current);
    }

    private static void drop(@Nullable ClientPath gone) {
        if (gone != null) {
            gone.socket().close();
        }
    }
}
