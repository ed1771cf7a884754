package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients and servers with the protocols that programs get, over loopback.
@Tag("slow")
class RealEndpointsTest {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(8);

    record Chat(String from, String text) {}

    private static final MessageTypes TYPES = MessageTypes.builder(java.lang.invoke.MethodHandles.lookup())
            .add(21, Chat.class)
            .build();

    private final List<Object> receivedByServer = new ArrayList<>();
    private final List<Object> receivedByClient = new ArrayList<>();
    private final List<CloseReason> ends = new ArrayList<>();

    private final MessageServerListener echo = new MessageServerListener() {
        @Override
        public void message(Peer peer, ReceivedMessage message) {
            receivedByServer.add(String.valueOf(message.message()));
            assertThat(peer.send(message.payload(), message.channel())).isTrue();
        }
    };

    private final MessageClientListener listener = new MessageClientListener() {
        @Override
        public void message(ReceivedMessage message) {
            receivedByClient.add(String.valueOf(message.message()));
        }

        @Override
        public void rejected(CloseReason reason) {
            ends.add(reason);
        }

        @Override
        public void disconnected(CloseReason reason) {
            ends.add(reason);
        }
    };

    private static EndpointOptions speaking(ProtocolMode mode) {
        return EndpointOptions.DEFAULT
                .withTimeout(Duration.ofSeconds(2))
                .withProtocol(ProtocolOptions.DEFAULT.with(mode));
    }

    private static MessageServer server(ProtocolMode mode, MessageServerListener listener) throws IOException {
        var server = MessageServer.builder(TYPES)
                .options(speaking(mode))
                .listener(listener)
                .build();
        server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return server;
    }

    private interface Condition {
        boolean isTrue();
    }

    private static void update(MessageServer server, MessageClient client, Condition until) {
        long end = System.nanoTime() + TIMEOUT_NANOS;
        while (!until.isTrue() && System.nanoTime() < end) {
            server.update();
            client.update();
            client.await(Duration.ofMillis(1));
        }
        assertThat(until.isTrue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"AUTO, AUTO", "AUTO, LEGUME", "LEGUME, AUTO", "LEGUME, LEGUME", "EXTENDED, AUTO", "AUTO, EXTENDED"})
    void messagesGoBothWaysInWhatBothSpeak(ProtocolMode ofClient, ProtocolMode ofServer) throws IOException {
        try (MessageServer server = server(ofServer, echo);
                var client = MessageClient.builder(TYPES)
                        .options(speaking(ofClient))
                        .listener(listener)
                        .build()) {
            client.connect(server.localAddress());
            update(server, client, client::isConnected);

            assertThat(client.sendReliable(new Chat("me", "hello"))).isTrue();
            assertThat(client.send(new Chat("me", "again"), Channel.UNRELIABLE)).isTrue();
            update(server, client, () -> receivedByClient.size() == 2);

            assertThat(receivedByServer)
                    .containsExactlyInAnyOrder("Chat[from=me, text=hello]", "Chat[from=me, text=again]");
            assertThat(receivedByClient).containsExactlyInAnyOrderElementsOf(receivedByServer);
            client.disconnect();
            update(server, client, () -> !ends.isEmpty() && server.peers().isEmpty());
            assertThat(ends).extracting(CloseReason::cause).containsExactly(CloseReason.Cause.LOCAL);
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void messagesGoOverIpv6AndIpv4ToOneServer(ProtocolMode mode) throws IOException {
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        try (var server = MessageServer.builder(TYPES)
                        .options(speaking(mode))
                        .listener(echo)
                        .build();
                var newer = MessageClient.builder(TYPES)
                        .options(speaking(mode))
                        .listener(listener)
                        .build();
                var older = MessageClient.builder(TYPES)
                        .options(speaking(mode))
                        .listener(listener)
                        .build()) {
            server.listen(0);
            int port = server.localAddress().getPort();
            newer.connect(new InetSocketAddress(InetAddress.ofLiteral("::1"), port));
            update(server, newer, newer::isConnected);
            older.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            update(server, older, older::isConnected);

            newer.sendReliable(new Chat("v6", "hello"));
            update(server, newer, () -> receivedByClient.size() == 1);
            older.sendReliable(new Chat("v4", "hello"));
            update(server, older, () -> receivedByClient.size() == 2);

            assertThat(receivedByClient).containsExactly("Chat[from=v6, text=hello]", "Chat[from=v4, text=hello]");
            assertThat(server.peers())
                    .extracting(peer -> peer.address().getAddress().getHostAddress())
                    .containsExactlyInAnyOrder("0:0:0:0:0:0:0:1", "127.0.0.1");
        }
    }

    private static boolean hasIpv6() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    }

    @ParameterizedTest
    @CsvSource({"EXTENDED, LEGUME, VERSION", "LEGUME, EXTENDED, TIMEOUT"})
    void whoSpeaksNothingInCommonDoesNotConnect(ProtocolMode ofClient, ProtocolMode ofServer, CloseReason.Cause cause)
            throws IOException {
        try (MessageServer server = server(ofServer, echo);
                var client = MessageClient.builder(TYPES)
                        .options(speaking(ofClient))
                        .listener(listener)
                        .build()) {
            client.connect(server.localAddress());

            update(server, client, () -> !ends.isEmpty());

            assertThat(ends).extracting(CloseReason::cause).containsExactly(cause);
            assertThat(client.isConnected()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolMode.class)
    void aServerMayRefuse(ProtocolMode mode) throws IOException {
        var refusing = new MessageServerListener() {
            @Override
            public Admission connecting(Peer peer) {
                return Admission.reject("not today");
            }
        };
        try (MessageServer server = server(mode, refusing);
                var client = MessageClient.builder(TYPES)
                        .options(speaking(mode))
                        .listener(listener)
                        .build()) {
            client.connect(server.localAddress());

            update(server, client, () -> !ends.isEmpty());

            assertThat(ends)
                    .containsExactly(new CloseReason(
                            CloseReason.Cause.REJECTED,
                            mode == ProtocolMode.LEGUME ? "the server refused the connection" : "not today"));
            assertThat(client.state()).isEqualTo(EndpointState.ERRORED);
        }
    }

    @Test
    void aLongMessageArrivesInPieces() throws IOException {
        var raw = MessageTypes.of(MessageType.of(30, "Blob", new MessageField("data", FieldType.RAW)));
        byte[] data = "0123456789".repeat(90_000).getBytes(StandardCharsets.US_ASCII);
        List<Integer> lengths = new ArrayList<>();
        var counting = new MessageServerListener() {
            @Override
            public void message(Peer peer, ReceivedMessage message) {
                lengths.add(message.length());
            }
        };
        try (var server = MessageServer.builder(raw)
                        .options(speaking(ProtocolMode.AUTO))
                        .listener(counting)
                        .build();
                var client = MessageClient.builder(raw)
                        .options(speaking(ProtocolMode.AUTO))
                        .listener(listener)
                        .build()) {
            server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client.connect(server.localAddress());
            update(server, client, client::isConnected);
            ByteBuffer payload = ByteBuffer.allocate(1 + data.length)
                    .put((byte) 30)
                    .put(data)
                    .flip();

            assertThat(client.sendReliable(payload)).isTrue();
            update(server, client, () -> !lengths.isEmpty());

            assertThat(lengths).containsExactly(1 + data.length);
        }
    }

    private static EndpointOptions secured(@Nullable Identity identity, Trust trust) {
        return EndpointOptions.DEFAULT
                .withTimeout(Duration.ofSeconds(4))
                .withProtocol(ProtocolOptions.DEFAULT.withDtls(new Protection.Dtls(identity, trust)));
    }

    @Test
    void messagesGoThroughDtls() throws IOException {
        Identity identity = Identity.selfSigned("localhost", InstantSource.system());
        EndpointOptions ofServer = secured(identity, new Trust.NoClientAuthentication());
        EndpointOptions ofClient = secured(null, new Trust.Pins(Set.of(identity.fingerprint())));
        try (var server = MessageServer.builder(TYPES)
                        .options(ofServer)
                        .listener(echo)
                        .build();
                var client = MessageClient.builder(TYPES)
                        .options(ofClient)
                        .listener(listener)
                        .build()) {
            server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client.connect(server.localAddress());
            update(server, client, client::isConnected);

            assertThat(client.sendReliable(new Chat("me", "secret"))).isTrue();
            update(server, client, () -> receivedByClient.size() == 1);

            assertThat(receivedByServer).containsExactly("Chat[from=me, text=secret]");
            client.disconnect();
            update(server, client, () -> !ends.isEmpty() && server.peers().isEmpty());
        }
    }

    @Test
    void aServerWithAnotherKeyIsNotTrusted() throws IOException {
        Identity expected = Identity.selfSigned("localhost", InstantSource.system());
        Identity other = Identity.selfSigned("localhost", InstantSource.system());
        EndpointOptions ofClient = secured(null, new Trust.Pins(Set.of(expected.fingerprint())));
        try (var server = MessageServer.builder(TYPES)
                        .options(secured(other, new Trust.NoClientAuthentication()))
                        .listener(echo)
                        .build();
                var client = MessageClient.builder(TYPES)
                        .options(ofClient)
                        .listener(listener)
                        .build()) {
            server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client.connect(server.localAddress());

            update(server, client, () -> !ends.isEmpty());

            assertThat(ends).extracting(CloseReason::cause).containsExactly(CloseReason.Cause.UNTRUSTED);
            assertThat(server.peers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndWithDtlsAndOneWithoutDoNotConnect(boolean serverHasIt) throws IOException {
        Identity identity = Identity.selfSigned("localhost", InstantSource.system());
        EndpointOptions with = serverHasIt
                ? secured(identity, new Trust.NoClientAuthentication())
                : secured(null, new Trust.Pins(Set.of(identity.fingerprint())));
        EndpointOptions without = speaking(ProtocolMode.AUTO);
        try (var server = MessageServer.builder(TYPES)
                        .options(serverHasIt ? with : without)
                        .listener(echo)
                        .build();
                var client = MessageClient.builder(TYPES)
                        .options(serverHasIt ? without : with)
                        .listener(listener)
                        .build()) {
            server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client.connect(server.localAddress());

            update(server, client, () -> !ends.isEmpty());

            assertThat(ends).hasSize(1);
            assertThat(client.isConnected()).isFalse();
            assertThat(receivedByServer).isEmpty();
        }
    }
}
