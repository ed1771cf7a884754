package dev.pitot.message;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may have a seat of a server, and who may be its peer. A seat is all that is kept for an
/// address: for a peer, for a client that is just coming in or being refused, and for one that is
/// gone but may repeat itself. The server's thread only.
final class Places {
    /// Clients that are just told that they cannot come in, and links that answer their peers'
    /// last repeats, have seats beside those of peers: as many, and these.
    private static final int REFUSALS = 64;

    /// The same of one address.
    private static final int REFUSALS_PER_ADDRESS = 8;

    private static final int MOST_SEATS = 1_000_000;

    private final Census peers;
    private final Census seats;
    private final int mostDoubtful;
    private final Set<Seat> doubtful = new LinkedHashSet<>(); // the oldest first

    Places(ServerLimits limits) {
        peers = new Census(limits);
        seats = new Census(new ServerLimits(
                Math.min(MOST_SEATS, 2 * limits.peers() + REFUSALS),
                Math.min(MOST_SEATS, limits.peersPerAddress()) + REFUSALS_PER_ADDRESS));
        mostDoubtful = Math.max(1, limits.peers() / 2);
    }

    /// Gives a seat, if there is one. Those whose address may be forged have half as many as
    /// there are peers at most: so a stranger who forges many keeps nobody out who proves his.
    ///
    /// @param isProved whether the client has shown that it gets what is sent to its address
    boolean sit(Seat seat, boolean isProved) {
        InetAddress address = seat.address().getAddress();
        if ((!isProved && doubtful.size() >= mostDoubtful) || !seats.enter(address)) {
            return false;
        }
        if (!isProved) {
            doubtful.add(seat);
        }
        return true;
    }

    /// The client has shown that it gets what is sent to its address.
    void trust(Seat seat) {
        doubtful.remove(seat);
    }

    /// The seat is free again.
    void rise(Seat seat) {
        seats.leave(seat.address().getAddress());
        doubtful.remove(seat);
    }

    /// Counts a peer, if there is room.
    boolean enter(Seat seat) {
        return peers.enter(seat.address().getAddress());
    }

    /// A peer is gone.
    void leave(Seat seat) {
        peers.leave(seat.address().getAddress());
    }

    /// A peer that gives way to one that has proved its address; null if there is none.
    @Nullable Seat toGiveWay(Seat newcomer) {
        if (doubtful.contains(newcomer)) {
            return null;
        }
        for (Seat seat : doubtful) {
            if (seat.isCounted()) {
                return seat;
            }
        }
        return null;
    }
}
