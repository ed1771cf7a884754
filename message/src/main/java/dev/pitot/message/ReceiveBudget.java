package dev.pitot.message;

import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.UdpSocket;

/// How much a server takes from its port in one turn: so many datagrams, and so much time, since
/// one of a DTLS handshake may cost a millisecond, and what is to be sent waits meanwhile.
final class ReceiveBudget {
    private static final int DATAGRAMS_PER_TURN = 256;
    private static final int DATAGRAMS_PER_LOOK = 4; // at the clock
    private static final long NANOS_PER_TURN = 5_000_000;

    private ReceiveBudget() {}

    /// Hands over datagrams that have arrived, without waiting.
    ///
    /// @return how many that were
    static int receive(UdpSocket socket, DatagramHandler handler, RelativeClock time) {
        long until = time.now() + NANOS_PER_TURN;
        int came = 0;
        int more;
        do {
            more = socket.receive(DATAGRAMS_PER_LOOK, handler);
            came += more;
        } while (more > 0 && came < DATAGRAMS_PER_TURN && time.now() < until);
        return came;
    }
}
