package dev.pitot.engine.server;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.datagram.EchoDatagram;
import dev.pitot.wire.datagram.UdpConnectMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// Listener for UDP streams. A stream's first datagram, the connect message, contains the test's cookie,
/// or (from iperf3 clients) identifies no test and is matched by its address: of the tests of one client
/// address, one at a time has the turn ([UdpStreamQueue]). Other datagrams, and those from other
/// addresses, are ignored: they can neither become a stream (as in iperf) nor take the slot of one. A
/// connect message without a cookie from the client's own address during its turn cannot be distinguished
/// from the client's: iperf3's protocol has no means for it.
///
/// The first UDP echo request of a test ([EchoDatagram]) arrives here too, so that the probe needs no port of
/// its own, which a firewall would have to open.
///
/// Open only while a test waits. Safe for any thread.
final class UdpStreamListener implements AutoCloseable {
    /// Period of checking for retransmitted connect messages; Pitot clients retransmit after 0.4 s.
    private static final long ANSWER_NANOS = Duration.ofMillis(50).toNanos();

    /// Period in which a test checks for its turn.
    private static final long TURN_NANOS = Duration.ofMillis(10).toNanos();

    /// More than the length of any connect message.
    private static final int ROOM = 64;

    private final ServerConfig config;
    private final InetSocketAddress address;
    private final SessionContext context;
    private final UdpStreamQueue turns = new UdpStreamQueue(); // guarded by this
    private final Set<EchoWaiter> echoes = new LinkedHashSet<>(); // guarded by this
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ROOM);
    private long order;
    private long answeredNanos;
    private final ListenerThread<UdpListener> listening;

    /// @param address where the server listens for TCP
    UdpStreamListener(ServerConfig config, InetSocketAddress address, SessionContext context) {
        this.config = config;
        this.address = address;
        this.context = context;
        answeredNanos = context.clock().nanoTime();
        listening = new ListenerThread<>("pitot-udp-listener", this::receive);
    }

    /// Registers a test that waits for its streams, until it is dismissed.
    ///
    /// @return the condition that it is the test's turn
    /// @throws IOException if the socket cannot be opened
    synchronized AwaitedCondition admit(UdpStreamWaiter udpStreamWaiter) throws IOException {
        listening.add(udpStreamWaiter, this::open);
        UdpStreamQueue.Waiter waiter =
                turns.add(udpStreamWaiter, context.clock().nanoTime());
        return new Turn(waiter);
    }

    /// Test that waits for the first echo request of its client.
    interface EchoWaiter extends ListenerThread.Waiting {
        /// Address of the control connection, from which its requests come.
        InetAddress client();

        /// Secret of the test.
        EchoDatagram.Key key();

        /// Setup of its socket.
        UdpSetup setup();

        /// Offers a socket that is connected to the client, with its first request.
        ///
        /// @return true if the test accepted it; if not, it still belongs to the caller
        boolean offer(UdpConnection connection, ByteBuffer request);
    }

    /// Registers a test that waits for its first echo request, until it is dismissed.
    ///
    /// @throws IOException if the socket cannot be opened
    synchronized void admit(EchoWaiter waiter) throws IOException {
        listening.add(waiter, this::open);
        echoes.add(waiter);
    }

    /// Removes a test. When this returns, its echo is no longer used here. A second call does nothing.
    synchronized void dismiss(EchoWaiter waiter) {
        echoes.remove(waiter);
        listening.remove(waiter);
    }

    private final class Turn implements AwaitedCondition {
        private final UdpStreamQueue.Waiter waiter;

        Turn(UdpStreamQueue.Waiter waiter) {
            this.waiter = waiter;
        }

        @Override
        public boolean isMet(long nowNanos) {
            synchronized (UdpStreamListener.this) {
                turns.update(nowNanos);
                return waiter.hadTurn();
            }
        }

        @Override
        public long nanosBetweenLooks() {
            return TURN_NANOS;
        }
    }

    /// Removes a test. When this returns, its streams are no longer used here.
    synchronized void dismiss(UdpStreamWaiter udpStreamWaiter) {
        turns.remove(udpStreamWaiter, context.clock().nanoTime());
        listening.remove(udpStreamWaiter);
    }

    private UdpListener open() throws IOException {
        UdpListener listener = context.sockets().listenUdp(address, ListenAddress.setup(config.local(), Transport.TCP));
        listener.ignoreLonger(ROOM);
        return listener;
    }

    private void receive(UdpListener listener) throws IOException {
        InetSocketAddress sender = listener.receive(datagram.clear());
        // port 0 cannot be answered, and a socket connected to it would receive from all ports
        if (sender != null && sender.getPort() != 0) {
            if (UdpConnectMessage.isRequest(datagram.flip())) {
                welcome(sender, listener);
            } else if (datagram.remaining() == EchoDatagram.BYTES) {
                beginEcho(sender, listener);
            }
        }
        answerAgain();
    }

    private synchronized void welcome(InetSocketAddress sender, UdpListener listener) {
        // The turn does not change here: this may be the retransmission of a lost message.
        long now = context.clock().nanoTime();
        UdpStreamQueue.Waiter waiting = turns.waiterFor(sender, datagram);
        if (waiting == null || !waiting.udpStreamWaiter().isExpectingRequests() || turns.isKnown(sender)) {
            return;
        }
        UdpConnection connection;
        try {
            connection = listener.connect(sender, waiting.udpStreamWaiter().setup());
        } catch (SocketException e) { // an option that this system rejects, or no file descriptor left
            waiting.udpStreamWaiter().fail(e);
            return;
        } catch (IOException _) { // the client retransmits
            return;
        }
        turns.onStream(waiting, sender, now);
        if (!waiting.udpStreamWaiter().offer(new AcceptedConnection<>(connection, Protocol.UDP, order++))) {
            connection.close();
            return;
        }
        waiting.last = connection;
        reply(connection, datagram);
        turns.update(now);
    }

    private synchronized void beginEcho(InetSocketAddress sender, UdpListener listener) {
        for (EchoWaiter waiter : echoes) {
            if (waiter.client().equals(sender.getAddress())
                    && EchoDatagram.isRequest(datagram, datagram.remaining(), waiter.key())) {
                beginEcho(waiter, sender, listener);
                return;
            }
        }
    }

    private void beginEcho(EchoWaiter waiter, InetSocketAddress sender, UdpListener listener) {
        UdpConnection connection;
        try {
            connection = listener.connect(sender, waiter.setup());
        } catch (IOException _) { // the client asks again, or does without
            return;
        }
        if (waiter.offer(connection, datagram)) {
            dismiss(waiter);
        } else {
            connection.close();
        }
    }

    /// Replies again to clients whose reply was lost, which retransmit on their connected socket. Clients
    /// open one stream after the other, so only the last of each can be waiting.
    private synchronized void answerAgain() {
        long now = context.clock().nanoTime();
        if (now - answeredNanos < ANSWER_NANOS) { // however many other datagrams arrive
            return;
        }
        answeredNanos = now;
        turns.update(now);
        for (UdpStreamQueue.Waiter waiting : turns.waiters()) {
            UdpConnection last = waiting.last;
            try {
                if (last != null && last.receiveNow(datagram.clear()) > 0) {
                    datagram.flip();
                    if (UdpConnectMessage.isRequest(datagram)) {
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
        answer.clear().put(UdpConnectMessage.replyTo(request)).flip();
        try {
            connection.send(answer);
        } catch (IOException _) { // as if lost in the network: the client retransmits
        }
    }

    /// Waits until the thread has ended, which it does once no test waits.
    @Override
    public void close() {
        synchronized (this) {
            turns.clear();
            echoes.clear();
        }
        listening.close();
    }
}
