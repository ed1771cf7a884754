package dev.pitot.message.dtls.link;

import dev.pitot.message.link.DatagramSender;
import java.nio.ByteBuffer;
import java.util.List;

/// The datagrams by which a server finished the handshake. Nobody confirms them: a client that
/// misses one repeats its own last flight, and is answered with these again, unchanged. The
/// engine must not see that repetition, since it would begin another handshake.
final class FinalFlight {
    static final FinalFlight NONE = new FinalFlight(List.of());

    /// Repeats at most, and the pause between them: anybody can ask for it.
    private static final int MAX_REPEATS = 16;

    private static final long PAUSE = 100_000_000;

    private final List<byte[]> datagrams;
    private boolean isDue;
    private int repeats;
    private long repeatedAt;

    FinalFlight(List<byte[]> datagrams) {
        this.datagrams = List.copyOf(datagrams);
    }

    /// The client goes on with the handshake.
    ///
    /// @return whether it will be answered
    boolean isWanted(long now) {
        if (datagrams.isEmpty() || repeats == MAX_REPEATS || (repeats > 0 && now - repeatedAt < PAUSE)) {
            return false;
        }
        isDue = true;
        repeatedAt = now;
        repeats++;
        return true;
    }

    boolean isDue() {
        return isDue;
    }

    void repeat(DatagramSender sender) {
        if (isDue) {
            isDue = false;
            datagrams.forEach(datagram -> sender.send(ByteBuffer.wrap(datagram)));
        }
    }
}
