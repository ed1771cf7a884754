package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two who send from one address and read all that is sent to it: a client, and a stranger on its
/// path who forges its address; or the same client after a crash.
class ReplacementTest {
    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private final Journal served = new Journal();
    private final Wire wire = new Wire();
    private final List<CloseReason> ends = new ArrayList<>();
    private long now;

    private final LinkListener listener = new LinkListener() {
        @Override
        public void opened() {}

        @Override
        public void message(ByteBuffer payload, Channel channel) {}

        @Override
        public void closed(CloseReason reason) {
            ends.add(reason);
        }
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEavesdropperDoesNotEndAConnectionThatIsAlive(boolean isSecured) {
        Identity identity = Identity.selfSigned("server", InstantSource.system());
        ServerLoop loop = loop(options(isSecured, identity, new Trust.NoClientAuthentication()));
        ProtocolConnection client = client(isSecured, identity);
        run(loop, Duration.ofSeconds(1), client);
        assertThat(served.lines).containsExactly("accepted 1000");

        run(loop, Duration.ofSeconds(30), client, client(isSecured, identity));
        run(loop, Duration.ofSeconds(30), client, client(isSecured, identity));

        assertThat(served.lines).containsExactly("accepted 1000");
        assertThat(loop.connections().peers()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatBeginsAnewTakesThePlaceOfItsSilentConnection(boolean isSecured) {
        Identity identity = Identity.selfSigned("server", InstantSource.system());
        ServerLoop loop = loop(options(isSecured, identity, new Trust.NoClientAuthentication()));
        run(loop, Duration.ofSeconds(1), client(isSecured, identity));

        run(loop, Duration.ofSeconds(4), client(isSecured, identity)); // a ping is not answered for 2 s

        assertThat(served.lines)
                .containsExactly(
                        "accepted 1000", "disconnected 1000 REMOTE the client has begun anew", "accepted 1000");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsNotLetInEndsNothing(boolean isSecured) {
        Identity identity = Identity.selfSigned("server", InstantSource.system());
        ServerLoop loop = loop(options(isSecured, identity, new Trust.NoClientAuthentication()));
        run(loop, Duration.ofSeconds(1), client(isSecured, identity));

        run(loop, Duration.ofSeconds(4), client(!isSecured, identity)); // refused, and told so
        run(loop, Duration.ofSeconds(2), client(!isSecured, identity));
        loop.acceptNew(false);
        run(loop, Duration.ofSeconds(2), client(isSecured, identity));

        assertThat(served.lines).containsExactly("accepted 1000");
        assertThat(ends).extracting(CloseReason::cause).contains(CloseReason.Cause.UNTRUSTED);
    }

    @Test
    void aLegumeClientThatWasRestartedGetsInAndTheOldConnectionIsOver() {
        EndpointOptions options = EndpointOptions.of(() -> now)
                .withProtocol(ProtocolOptions.DEFAULT.with(ProtocolOptions.ProtocolMode.LEGUME));
        ServerLoop loop = loop(options);
        ProtocolConnection before =
                Dependencies.real(MessageTypes.of(), options).negotiation().client("server", listener, now);
        run(loop, Duration.ofSeconds(1), before);
        Peer old = loop.connections().peers().getFirst();

        ProtocolConnection after =
                Dependencies.real(MessageTypes.of(), options).negotiation().client("server", listener, now);
        run(loop, Duration.ofSeconds(5), after);

        assertThat(served.lines).hasSize(3);
        assertThat(served.lines.get(0)).isEqualTo("accepted 1000");
        assertThat(served.lines.get(1)).startsWith("disconnected 1000 ");
        assertThat(served.lines.get(2)).isEqualTo("accepted 1000");
        assertThat(old.isConnected()).isFalse();
        assertThat(loop.connections().peers()).hasSize(1).doesNotContain(old);
        assertThat(ends).isEmpty();
    }

    private void run(ServerLoop loop, Duration length, ProtocolConnection... links) {
        for (long until = now + length.toNanos(); now < until; now += STEP_NANOS) {
            for (ProtocolConnection link : links) {
                link.flush(wire::arrive, now);
            }
            loop.turn();
            for (ByteBuffer sent = wire.out.poll(); sent != null; sent = wire.out.poll()) {
                for (ProtocolConnection link : links) {
                    link.receive(ByteBuffer.allocate(2000).put(sent.duplicate()).flip(), now);
                }
            }
        }
    }

    private ProtocolConnection client(boolean isSecured, Identity server) {
        EndpointOptions options = options(isSecured, null, new Trust.Pins(Set.of(server.fingerprint())));
        return Dependencies.real(MessageTypes.of(), options).negotiation().client("server", listener, now);
    }

    private EndpointOptions options(boolean isSecured, @Nullable Identity identity, Trust trust) {
        EndpointOptions options = EndpointOptions.of(() -> now);
        return isSecured
                ? options.withProtocol(ProtocolOptions.DEFAULT.withDtls(new Protection.Dtls(identity, trust)))
                : options;
    }

    private ServerLoop loop(EndpointOptions options) {
        Dependencies dependencies = Dependencies.real(MessageTypes.of(), options);
        var events = new ServerEvents(served, dependencies.types(), null, options.queue(), () -> {});
        return new ServerLoop(wire, dependencies, options, ServerLimits.DEFAULT, events, new EndpointLoop(options));
    }
}
