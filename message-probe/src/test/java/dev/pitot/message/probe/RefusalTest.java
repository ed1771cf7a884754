package dev.pitot.message.probe;

import static dev.pitot.testkit.Awaiter.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.MessageServer;
import dev.pitot.message.Protection;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.RunningServer;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What probes and their server say of connections that do not come to be, and what they count.
@Timeout(60)
class RefusalTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final PingPlan ONE_PING =
            new PingPlan(Channel.RELIABLE, 64, Duration.ofMillis(1), new ProbeLimit.Count(1), false);

    private final Identity identity = Identity.selfSigned("127.0.0.1", InstantSource.system());
    private final Identity stranger = Identity.selfSigned("127.0.0.1", InstantSource.system());
    private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();

    private static EndpointOptions secured(@Nullable Identity own, Trust trust) {
        return EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.withDtls(new Protection.Dtls(own, trust)));
    }

    private static Trust pin(Identity identity) {
        return new Trust.Pins(Set.of(identity.fingerprint()));
    }

    /// Starts a server that wants the clients' certificates.
    private EchoServer securedServer() throws IOException {
        return EchoServer.start(LOOPBACK, secured(identity, pin(identity)), EchoServer.LIMITS, errors::add);
    }

    private static void assertRefused(EchoServer server, EndpointOptions client, String why) {
        String name = "127.0.0.1:" + server.localAddress().getPort();
        assertThatThrownBy(() -> new Ping(server.localAddress(), ONE_PING, client, ProbeListener.NONE).run())
                .isInstanceOf(ProbeException.class)
                .hasMessage("no trusted connection to " + name + ": " + why);
    }

    @Test
    void whoDistrustsWhomIsSaid() throws Exception {
        try (EchoServer server = securedServer()) {
            assertRefused(
                    server,
                    secured(identity, pin(stranger)),
                    "the server's key is not pinned here; if it is the right one, pin " + identity.fingerprint());
            assertRefused(
                    server,
                    secured(stranger, pin(identity)),
                    "the peer does not trust this end's certificate (alert 46); it says on its side why");
            assertRefused(
                    server,
                    secured(null, pin(identity)),
                    "the peer wants a certificate, and this end has none: give it one; or the two have no common way"
                            + " to encrypt");
            assertRefused(server, EndpointOptions.DEFAULT, "this server wants DTLS");
        }
    }

    @Test
    void aServerReportsWhomItRefuses() throws Exception {
        try (EchoServer server = securedServer()) {
            assertRefused(
                    server,
                    secured(stranger, pin(identity)),
                    "the peer does not trust this end's certificate (alert 46); it says on its side why");

            assertThat(errors.poll(30, TimeUnit.SECONDS))
                    .matches("The client 127\\.0\\.0\\.1:[0-9]+ was refused: the client's key is not pinned here;"
                            + " if it is the right one, pin " + stranger.fingerprint() + "\\.");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolMode.class,
            names = {"LEGUME", "EXTENDED"})
    void whatWaitsToBeSentIsNotSent(ProtocolMode mode) throws Exception {
        EndpointOptions options = EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.with(mode));
        try (EchoServer server = EchoServer.start(LOOPBACK, options);
                var connection = new ProbeConnection(server.localAddress(), options, _ -> {})) {
            assertThat(connection.open()).isTrue();
            ByteBuffer message = ProbeMessages.flood(1000);
            for (int i = 0; i < 100; i++) {
                assertThat(connection.send(message, Channel.RELIABLE)).isTrue();
            }

            assertThat(connection.isAllSent()).isFalse();
            assertThat(connection.sent(100)).isZero();
            while (!connection.isAllSent()) {
                connection.turn(1_000_000);
            }
            assertThat(connection.sent(100)).isEqualTo(100);
        }
    }

    @Test
    void aFloodMoreThanThereIsMemoryForIsEndedAndOneThatIsOverFreesIt() throws Exception {
        var plan = new FloodPlan(Channel.RELIABLE, 64, Duration.ofMillis(50), Duration.ofMillis(10));
        try (RunningServer server = MessageServer.builder(EchoServer.types())
                .listener(EchoServer.listener(EndpointOptions.DEFAULT, 1))
                .start(LOOPBACK)) {
            FloodResult second;
            try (var first = new ProbeConnection(server.localAddress(), EndpointOptions.DEFAULT, _ -> {})) {
                assertThat(first.open()).isTrue();
                assertThat(first.send(ProbeMessages.flood(64), Channel.RELIABLE))
                        .isTrue();
                while (!first.isDrained()) {
                    first.turn(1_000_000);
                }
                second = new Flood(server.localAddress(), plan, EndpointOptions.DEFAULT, ProbeListener.NONE).run();
            }
            await(() -> server.peers().stream().allMatch(peer -> peer.attachment() == null));
            FloodResult third =
                    new Flood(server.localAddress(), plan, EndpointOptions.DEFAULT, ProbeListener.NONE).run();

            assertThat(second.brokenOff())
                    .endsWith("closed the connection: the server counts as many floods as it can; try again later");
            assertThat(third.brokenOff()).isNull();
            assertThat(third.lost()).isZero();
        }
    }
}
