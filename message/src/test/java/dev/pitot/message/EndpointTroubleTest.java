package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.FakeLink.FakeProtocols;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.simulate.Impairment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What must not stay behind, or take too long, when something goes wrong.
class EndpointTroubleTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 9000);

    private final SimulatedNetwork network = new SimulatedNetwork(Impairment.NONE);
    private final EndpointOptions options = EndpointOptions.of(network);
    private final Parts sound = new Parts(FakeProtocols.USUAL, MessageCoding.NONE, network);

    /// Protocols that cannot be had.
    private record NoProtocols() implements Protocols {
        @Override
        public Link client(String host, LinkListener listener, long now) {
            throw new IllegalArgumentException("no client");
        }

        @Override
        public Door door(long now) {
            throw new IllegalArgumentException("no door");
        }
    }

    @Test
    void aServerWhoseProtocolCannotBeHadLeavesItsPortFree() throws IOException {
        Parts parts = new Parts(new NoProtocols(), MessageCoding.NONE, network);
        var server = new MessageServer(parts, options, ServerLimits.DEFAULT, new ServerListener() {});
        assertThatThrownBy(() -> server.listen(SERVER)).hasMessage("no door");

        network.bound(SERVER); // throws if it is taken
        assertThat(server.state()).isEqualTo(EndpointState.DISCONNECTED);
    }

    @Test
    void aClientWhoseProtocolCannotBeHadLeavesItsPortFree() throws IOException {
        Parts parts = new Parts(new NoProtocols(), MessageCoding.NONE, network);
        var client = new MessageClient(parts, options, new ClientListener() {});
        assertThatThrownBy(() -> client.connect(SERVER)).hasMessage("no client");

        network.bound(new InetSocketAddress(10_000));
        assertThat(client.state()).isEqualTo(EndpointState.DISCONNECTED);
    }

    @Test
    void datagramsThatTakeLongLeaveTimeForOthers() throws IOException {
        var spent = new AtomicLong();
        var listener = new ServerListener() {
            @Override
            public Admission connecting(Peer peer) {
                spent.addAndGet(2_000_000);
                return Admission.accept();
            }
        };
        EndpointOptions slow = EndpointOptions.of(() -> network.nanoTime() + spent.get());
        var server = new MessageServer(sound, slow, ServerLimits.DEFAULT, listener);
        server.listen(SERVER);
        List<MessageClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(new MessageClient(sound, options, new ClientListener() {}));
            clients.getLast().connect(SERVER);
        }
        network.runUntil(() -> false, Duration.ofMillis(1), () -> clients.forEach(MessageClient::update));
        network.runUntil(() -> false, Duration.ofMillis(5));

        server.update();
        assertThat(server.peers()).hasSize(4); // in 8 ms
        server.update();
        assertThat(server.peers()).hasSize(8);
    }

    @Test
    void anExecutorThatFailsOnceIsTriedAgain() {
        var done = new ArrayList<String>();
        var failures = new AtomicLong();
        var callbacks = new Callbacks(
                task -> {
                    if (failures.getAndIncrement() == 0) {
                        throw new IllegalStateException("no thread");
                    }
                    task.run();
                },
                options.queue(),
                (_, _, _) -> true,
                () -> {});

        callbacks.tell(() -> done.add("first"));
        callbacks.tell(null, Channel.RELIABLE, ByteBuffer.allocate(1));

        assertThat(done).containsExactly("first");
    }

    @Test
    void aQuestionThatNobodyAnswersIsForgotten() {
        var owner = new Owner(options.queue());
        owner.belongTo(new Thread(), () -> {});

        assertThatThrownBy(() -> owner.ask(() -> "answer")).hasMessageContaining("does not answer");

        assertThat(owner.isIdle()).isTrue();
    }

    @Test
    void aServerThatIsClosedSaysSoThoughAHandlerDoesNotReturn() throws Exception {
        var entered = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var stubborn = new ServerListener() {
            @Override
            public void accepted(Peer peer) {
                entered.countDown();
                while (gate.getCount() > 0) {
                    Thread.onSpinWait(); // whatever interrupts it
                }
            }
        };
        Parts parts = new Parts(FakeProtocols.USUAL, MessageCoding.NONE, Parts.Sockets.REAL);
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var plan = new RunningServer.Plan(EndpointOptions.DEFAULT, ServerLimits.DEFAULT, local, stubborn, null);
        RunningServer server = RunningServer.start(parts, plan);
        try (var _ = RunningClient.start(
                parts, EndpointOptions.DEFAULT, server.localAddress(), new ClientListener() {}, null)) {
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

            server.close();

            assertThat(server.state()).isEqualTo(EndpointState.DISCONNECTED);
        } finally {
            gate.countDown();
        }
    }
}
