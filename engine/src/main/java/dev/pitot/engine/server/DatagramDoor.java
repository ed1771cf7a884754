package dev.pitot.engine.server;

import dev.pitot.engine.session.Arrival;
import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.wire.datagram.StreamRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Where UDP streams come in. Their first datagram shows the test's cookie, or it names no test (iperf's
/// clients) and is matched by its address: of the tests of one client address, one at a time has the turn
/// ([UdpStreamQueue]). Whatever is no request, or comes from another address, is ignored: it can neither become
/// a stream (as it does in iperf) nor take the place of one. A request without a cookie that comes from the
/// client's own address while its test has the turn cannot be told from the client's: iperf3's protocol has
/// nothing to tell it by.
///
/// Open only while a test waits. Safe for any thread.
final class DatagramDoor implements AutoCloseable {
    /// How often to look who asks again, which Pitot's clients do after 0.4 s.
    private static final long ANSWER_NANOS = Duration.ofMillis(50).toNanos();

    /// How often a test looks whether it is its turn.
    private static final long TURN_NANOS = Duration.ofMillis(10).toNanos();

    /// Longer than any request.
    private static final int ROOM = 64;

    private final ServerConfig config;
    private final InetSocketAddress address;
    private final Surroundings surroundings;
    private final UdpStreamQueue turns = new UdpStreamQueue(); // guarded by this
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ROOM);
    private long order;
    private long answeredNanos;
    private final ListenerThread<UdpListener> listening;

    /// @param address where the server listens for TCP
    DatagramDoor(ServerConfig config, InetSocketAddress address, Surroundings surroundings) {
        this.config = config;
        this.address = address;
        this.surroundings = surroundings;
        answeredNanos = surroundings.clock().nanoTime();
        listening = new ListenerThread<>("pitot-udp-door", this::receive);
    }

    /// Lets a test wait for its streams, until it is dismissed.
    ///
    /// @return its turn
    /// @throws IOException if it cannot listen
    synchronized AwaitedCondition admit(Guest guest) throws IOException {
        listening.add(guest, this::open);
        UdpStreamQueue.Waiter waiter = turns.add(guest, surroundings.clock().nanoTime());
        return new Turn(waiter);
    }

    private final class Turn implements AwaitedCondition {
        private final UdpStreamQueue.Waiter waiter;

        Turn(UdpStreamQueue.Waiter waiter) {
            this.waiter = waiter;
        }

        @Override
        public boolean isMet(long nowNanos) {
            synchronized (DatagramDoor.this) {
                turns.update(nowNanos);
                return waiter.hadTurn();
            }
        }

        @Override
        public long nanosBetweenLooks() {
            return TURN_NANOS;
        }
    }

    /// A test no longer waits. When this returns, nothing touches its streams any more.
    synchronized void dismiss(Guest guest) {
        turns.remove(guest, surroundings.clock().nanoTime());
        listening.remove(guest);
    }

    private UdpListener open() throws IOException {
        UdpListener listener =
                surroundings.sockets().listenUdp(address, ListenAddress.setup(config.local(), Transport.TCP));
        listener.ignoreLonger(ROOM);
        return listener;
    }

    private void receive(UdpListener listener) throws IOException {
        InetSocketAddress stranger = listener.receive(datagram.clear());
        // nobody can be answered at port 0, and a socket connected to it would hear everybody
        if (stranger != null && stranger.getPort() != 0 && StreamRequest.isRequest(datagram.flip())) {
            welcome(stranger, listener);
        }
        answerAgain();
    }

    private synchronized void welcome(InetSocketAddress stranger, UdpListener listener) {
        // Turns do not go on here: this may be a request that was lost, and comes again.
        long now = surroundings.clock().nanoTime();
        UdpStreamQueue.Waiter waiting = turns.waiterFor(stranger, datagram);
        if (waiting == null || !waiting.guest().isExpectingRequests() || turns.isKnown(stranger)) {
            return;
        }
        UdpConnection connection;
        try {
            connection = listener.connect(stranger, waiting.guest().setup());
        } catch (SocketException e) { // an option that this system refuses, or no descriptor is left
            waiting.guest().fail(e);
            return;
        } catch (IOException _) { // the client asks again
            return;
        }
        turns.onStream(waiting, stranger, now);
        if (!waiting.guest().offer(new Arrival<>(connection, Protocol.UDP, order++))) {
            connection.close();
            return;
        }
        waiting.last = connection;
        reply(connection, datagram);
        turns.update(now);
    }

    /// Whose answer was lost asks again, on the socket that he has got meanwhile. Clients open
    /// one stream after the other, so only the last of each can be waiting.
    private synchronized void answerAgain() {
        long now = surroundings.clock().nanoTime();
        if (now - answeredNanos < ANSWER_NANOS) { // however many datagrams of others come
            return;
        }
        answeredNanos = now;
        turns.update(now);
        for (UdpStreamQueue.Waiter waiting : turns.waiters()) {
            UdpConnection last = waiting.last;
            try {
                if (last != null && last.receiveNow(datagram.clear()) > 0) {
                    datagram.flip();
                    if (StreamRequest.isRequest(datagram)) {
                        turns.onRepeatedRequest(waiting, now);
                        reply(last, datagram);
                    }
                }
            } catch (IOException _) { // its test has ended
                waiting.last = null;
            }
        }
    }

    private void reply(UdpConnection connection, ByteBuffer request) {
        answer.clear().put(StreamRequest.replyTo(request)).flip();
        try {
            connection.send(answer);
        } catch (IOException _) { // as if it were lost on the way: the client asks again
        }
    }

    /// Waits until the thread has left, which it does once no test waits.
    @Override
    public void close() {
        synchronized (this) {
            turns.clear();
        }
        listening.close();
    }
}
