package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The server's: asks once whether the client may come in, then answers each of its hellos.
final class ServerGreeting implements Greeting {
    private final Supplier<@Nullable CloseReason> admission;
    private final Stock stock;
    private final Greetings.Welcome welcome;

    private Hello hello;
    private boolean isAsked;
    private boolean isAnswerDue = true;
    private @Nullable CloseReason refusal;

    ServerGreeting(Hello hello, Supplier<@Nullable CloseReason> admission, ExtendedSettings settings, Stock stock) {
        this.hello = hello;
        this.admission = admission;
        this.stock = stock;
        Hello.Offer offer = new Hello.Offer(settings.largestMessage(), settings.receiveWindow(), Datagrams.MAX_SIZE);
        welcome = new Greetings.Welcome(stock.randomId(), offer);
    }

    /// Whether a hello is from the attempt that this connection comes from.
    boolean isSameAttempt(Hello other) {
        return other.ticket().equals(hello.ticket());
    }

    @Override
    public boolean receive(ByteBuffer datagram, long now) {
        Hello again = Hello.parse(datagram, stock.crc);
        if (again == null || !isSameAttempt(again)) {
            return false;
        }
        if (again.offer().largestDatagram() < hello.offer().largestDatagram()) {
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
            Greetings.writeWelcome(hello, welcome, into, stock.crc);
        } else {
            Greetings.writeRefusal(hello, no, into, stock.crc);
        }
        return true;
    }

    private @Nullable CloseReason answer() {
        if (!isAsked) {
            isAsked = true;
            refusal = hello.version() == Datagrams.VERSION
                    ? admission.get()
                    : new CloseReason(
                            CloseReason.Cause.VERSION,
                            "the server speaks version " + Datagrams.VERSION + ", the client " + hello.version());
        }
        return refusal;
    }

    @Override
    public long dueAt() {
        return isAnswerDue ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    @Override
    public @Nullable Agreement agreement() {
        return isAsked && refusal == null ? new Agreement(welcome.serverId(), hello.clientId(), hello.offer()) : null;
    }

    @Override
    public @Nullable CloseReason refusal() {
        return refusal;
    }
}
