package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The server's: asks once whether the client may come in, then answers each of its hellos.
final class ExtendedServerHandshake implements ExtendedHandshake {
    private final Supplier<@Nullable CloseReason> admission;
    private final BufferPool pool;
    private final HandshakePackets.Welcome welcome;

    private Hello hello;
    private boolean isAsked;
    private boolean isAnswerDue = true;
    private @Nullable CloseReason refusal;

    ExtendedServerHandshake(
            Hello hello, Supplier<@Nullable CloseReason> admission, ExtendedSettings settings, BufferPool pool) {
        this.hello = hello;
        this.admission = admission;
        this.pool = pool;
        Hello.TransportParameters parameters = new Hello.TransportParameters(
                settings.largestMessage(), settings.receiveWindow(), PacketHeader.MAX_SIZE);
        welcome = new HandshakePackets.Welcome(pool.randomId(), parameters);
    }

    /// Later than a client's, so that acknowledging the client's PING spares the server's own.
    @Override
    public double keepAliveShare() {
        return 0.4;
    }

    /// By which the server wants to be addressed.
    int connectionId() {
        return welcome.serverId();
    }

    /// True if a hello is from the attempt that this connection comes from.
    boolean isSameAttempt(Hello other) {
        boolean isRenewed = other.token().nonce() == hello.token().nonce() && other.clientId() == hello.clientId();
        return isRenewed || other.token().equals(hello.token());
    }

    @Override
    public boolean receive(ByteBuffer datagram, long now) {
        Hello again = Hello.parse(datagram, pool.crc);
        if (again == null || !isSameAttempt(again)) {
            return false;
        }
        if (again.parameters().largestDatagram() < hello.parameters().largestDatagram()) {
            hello = again; // the larger one's answer did not arrive
        }
        isAnswerDue |= again.clientId() == hello.clientId();
        return true;
    }

    @Override
    public boolean write(ByteBuffer into, long now) {
        if (!isAnswerDue) {
            return false;
        }
        isAnswerDue = false;
        CloseReason no = answer();
        if (no == null) {
            HandshakePackets.writeWelcome(hello, welcome, into, pool.crc);
        } else {
            HandshakePackets.writeRefusal(hello, no, into, pool.crc);
        }
        return true;
    }

    private @Nullable CloseReason answer() {
        if (!isAsked) {
            isAsked = true;
            refusal = hello.version() == PacketHeader.VERSION
                    ? admission.get()
                    : new CloseReason(
                            CloseReason.Cause.VERSION,
                            "the server speaks version " + PacketHeader.VERSION + ", the client " + hello.version());
        }
        return refusal;
    }

    @Override
    public long dueAt() {
        return isAnswerDue ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    @Override
    public @Nullable Agreement agreement() {
        return isAsked && refusal == null
                ? new Agreement(welcome.serverId(), hello.clientId(), hello.parameters())
                : null;
    }

    @Override
    public @Nullable CloseReason refusal() {
        return refusal;
    }
}
