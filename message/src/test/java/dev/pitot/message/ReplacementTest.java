package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.secure.Identity;
import dev.pitot.message.secure.Trust;
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
    void aStrangerWhoReadsAlongDoesNotEndAConnectionThatIsAlive(boolean isSecured) {
        Identity identity = Identity.selfSigned("server", InstantSource.system());
        PeerTable table = table(options(isSecured, identity, new Trust.Anybody()));
        Link client = client(isSecured, identity);
        run(table, Duration.ofSeconds(1), client);
        assertThat(served.lines).containsExactly("accepted 1000");

        run(table, Duration.ofSeconds(30), client, client(isSecured, identity));
        run(table, Duration.ofSeconds(30), client, client(isSecured, identity));

        assertThat(served.lines).containsExactly("accepted 1000");
        assertThat(table.peers()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatBeginsAnewTakesThePlaceOfItsSilentConnection(boolean isSecured) {
        Identity identity = Identity.selfSigned("server", InstantSource.system());
        PeerTable table = table(options(isSecured, identity, new Trust.Anybody()));
        run(table, Duration.ofSeconds(1), client(isSecured, identity));

        run(table, Duration.ofSeconds(8), client(isSecured, identity)); // the timeout is 10 s

        assertThat(served.lines)
                .containsExactly(
                        "accepted 1000", "disconnected 1000 REMOTE the client has begun anew", "accepted 1000");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsNotLetInEndsNothing(boolean isSecured) {
        Identity identity = Identity.selfSigned("server", InstantSource.system());
        PeerTable table = table(options(isSecured, identity, new Trust.Anybody()));
        run(table, Duration.ofSeconds(1), client(isSecured, identity));

        run(table, Duration.ofSeconds(4), client(!isSecured, identity)); // refused, and told so
        run(table, Duration.ofSeconds(2), client(!isSecured, identity));
        table.takeNew(false);
        run(table, Duration.ofSeconds(2), client(isSecured, identity));

        assertThat(served.lines).containsExactly("accepted 1000");
        assertThat(ends).extracting(CloseReason::cause).contains(CloseReason.Cause.UNTRUSTED);
    }

    @Test
    void aLegumeClientThatWasRestartedGetsInAndTheOldConnectionIsOver() {
        EndpointOptions options = EndpointOptions.of(() -> now)
                .withProtocol(ProtocolOptions.DEFAULT.with(ProtocolOptions.Dialect.LEGUME));
        PeerTable table = table(options);
        Link before = Parts.real(MessageTypes.of(), options).protocols().client("server", listener, now);
        run(table, Duration.ofSeconds(1), before);
        Peer old = table.peers().getFirst();

        Link after = Parts.real(MessageTypes.of(), options).protocols().client("server", listener, now);
        run(table, Duration.ofSeconds(5), after);

        assertThat(served.lines).hasSize(3);
        assertThat(served.lines.get(0)).isEqualTo("accepted 1000");
        assertThat(served.lines.get(1)).startsWith("disconnected 1000 ");
        assertThat(served.lines.get(2)).isEqualTo("accepted 1000");
        assertThat(old.isConnected()).isFalse();
        assertThat(table.peers()).hasSize(1).doesNotContain(old);
        assertThat(ends).isEmpty();
    }

    private void run(PeerTable table, Duration length, Link... links) {
        for (long until = now + length.toNanos(); now < until; now += STEP_NANOS) {
            for (Link link : links) {
                link.flush(wire::arrive, now);
            }
            table.turn(true);
            for (ByteBuffer sent = wire.out.poll(); sent != null; sent = wire.out.poll()) {
                for (Link link : links) {
                    link.receive(ByteBuffer.allocate(2000).put(sent.duplicate()).flip(), now);
                }
            }
        }
    }

    private Link client(boolean isSecured, Identity server) {
        EndpointOptions options = options(isSecured, null, new Trust.Pins(Set.of(server.fingerprint())));
        return Parts.real(MessageTypes.of(), options).protocols().client("server", listener, now);
    }

    private EndpointOptions options(boolean isSecured, @Nullable Identity identity, Trust trust) {
        EndpointOptions options = EndpointOptions.of(() -> now);
        return isSecured
                ? options.withProtocol(ProtocolOptions.DEFAULT.withDtls(new Protection.Dtls(identity, trust)))
                : options;
    }

    private PeerTable table(EndpointOptions options) {
        Parts parts = Parts.real(MessageTypes.of(), options);
        return new PeerTable(
                wire,
                new PeerTable.Purpose(
                        parts, options, ServerLimits.DEFAULT, served, new Owner(options.queue()), () -> true));
    }
}
