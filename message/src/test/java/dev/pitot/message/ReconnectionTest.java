package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that connects again by itself.
@Timeout(180)
class ReconnectionTest {
    record Text(String text) {}

    private static final MessageTypes TYPES =
            MessageTypes.builder(MethodHandles.lookup()).add(20, Text.class).build();

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private static EndpointOptions speaking(ProtocolMode mode) {
        return EndpointOptions.DEFAULT
                .withTimeout(Duration.ofSeconds(2))
                .withProtocol(ProtocolOptions.DEFAULT.with(mode));
    }

    private RunningServer server(InetSocketAddress local, ProtocolMode mode) throws IOException {
        return MessageServer.builder(TYPES)
                .options(speaking(mode))
                .onMessage((peer, message) -> received.add(String.valueOf(message.message())))
                .start(local);
    }

    private RunningClient client(InetSocketAddress server, ProtocolMode mode) throws IOException {
        return MessageClient.builder(TYPES)
                .options(speaking(mode))
                .listener(new MessageClientListener() {
                    @Override
                    public void accepted() {
                        told.add("accepted");
                    }

                    @Override
                    public void rejected(CloseReason reason) {
                        told.add("rejected");
                    }

                    @Override
                    public void disconnected(CloseReason reason) {
                        told.add("disconnected");
                    }
                })
                .reconnect(Duration.ofMillis(200))
                .start(server);
    }

    private String nextTold() throws InterruptedException {
        return String.valueOf(told.poll(30, TimeUnit.SECONDS));
    }

    private static InetSocketAddress freePort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }

    @Test
    void thePauseDoublesUntilAConnectionStands() {
        var reconnection = new Reconnection(Duration.ofMillis(300));
        for (int pause : new int[] {100, 200, 300, 300}) {
            assertThat(reconnection.follows(Cause.TIMEOUT, 5)).isTrue();
            assertThat(reconnection.nanosLeft(5))
                    .isEqualTo(Duration.ofMillis(pause).toNanos());
            assertThat(reconnection.isDue(5 + Duration.ofMillis(pause).toNanos()))
                    .isTrue();
            assertThat(reconnection.isDue(4 + Duration.ofMillis(pause).toNanos()))
                    .isFalse();
        }

        reconnection.opened();

        assertThat(reconnection.follows(Cause.RESET, 5)).isTrue();
        assertThat(reconnection.nanosLeft(5)).isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"LOCAL", "REJECTED", "VERSION", "PROTOCOL", "UNTRUSTED"})
    void noAttemptFollowsWhatTimeCannotMend(Cause cause) {
        assertThat(new Reconnection(Duration.ofSeconds(1)).follows(cause, 0)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void withoutALongestPauseNoAttemptFollows(Cause cause) {
        assertThat(new Reconnection(Duration.ZERO).follows(cause, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT0.099S", "PT3600.001S", "P1000000D", "P-1000000D"})
    void aPauseIsWithinBounds(Duration pause) {
        assertThatThrownBy(() -> MessageClient.builder(TYPES).reconnect(pause))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 ms..1 h");
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void aServersRestartIsSurvived(ProtocolMode mode) throws Exception {
        InetSocketAddress address;
        RunningClient client;
        try (RunningServer first = server(freePort(), mode)) {
            address = first.localAddress();
            client = client(address, mode);
            assertThat(nextTold()).isEqualTo("accepted");
        }
        try (client) {
            assertThat(nextTold()).isEqualTo("disconnected");
            try (RunningServer _ = server(address, mode)) {
                client.connected().get(30, TimeUnit.SECONDS);
                client.sendConfirmed(new Text("again"), Channel.RELIABLE).get(30, TimeUnit.SECONDS);

                assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("Text[text=again]");
                assertThat(told).contains("accepted");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void aServerThatStartsLaterIsFound(ProtocolMode mode) throws Exception {
        InetSocketAddress address = freePort();
        try (RunningClient client = client(address, mode)) {
            CompletableFuture<Void> connected = client.connected();
            assertThat(nextTold()).isEqualTo("disconnected"); // the first attempt
            assertThat(connected).isNotDone();
            try (RunningServer _ = server(address, mode)) {
                connected.get(30, TimeUnit.SECONDS);
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void aRefusalIsTheEnd() throws Exception {
        var refusing = new MessageServerListener() {
            @Override
            public Admission connecting(Peer peer) {
                return Admission.reject("not today");
            }
        };
        try (RunningServer server =
                        MessageServer.builder(TYPES).listener(refusing).start(freePort());
                RunningClient client = client(server.localAddress(), ProtocolMode.EXTENDED)) {
            assertThat(client.closed().get(30, TimeUnit.SECONDS)).isNull();

            assertThat(told).containsExactly("rejected");
            assertThat(client.state()).isEqualTo(EndpointState.ERRORED);
            assertThat(client.connected()).isCompletedExceptionally();
        }
    }

    @Test
    void aClientIsClosedBetweenTwoAttempts() throws Exception {
        RunningClient client = MessageClient.builder(TYPES)
                .options(speaking(ProtocolMode.EXTENDED).withTimeout(Duration.ofMillis(100)))
                .listener(new MessageClientListener() {
                    @Override
                    public void disconnected(CloseReason reason) {
                        told.add("disconnected");
                    }
                })
                .reconnect(Duration.ofHours(1))
                .start(freePort());
        CompletableFuture<Void> connected = client.connected();
        for (int i = 0; i < 3; i++) { // the pause is 400 ms now
            assertThat(nextTold()).isEqualTo("disconnected");
        }

        client.close();

        assertThat(client.closed().get(30, TimeUnit.SECONDS)).isNull();
        assertThat(connected).isCompletedExceptionally();
        assertThat(client.state()).isEqualTo(EndpointState.DISCONNECTED);
    }

    @Test
    void aHandlerEndsTheAttempts() throws Exception {
        var client = new CompletableFuture<RunningClient>();
        client.complete(MessageClient.builder(TYPES)
                .options(speaking(ProtocolMode.EXTENDED).withTimeout(Duration.ofMillis(100)))
                .listener(new MessageClientListener() {
                    @Override
                    public void disconnected(CloseReason reason) {
                        told.add("disconnected");
                        client.join().disconnect();
                    }
                })
                .reconnect(Duration.ofSeconds(1))
                .start(freePort()));

        assertThat(client.join().closed().get(30, TimeUnit.SECONDS)).isNull();
        assertThat(client.join().connected()).isCompletedExceptionally();
        assertThat(told).containsExactly("disconnected");
    }
}
