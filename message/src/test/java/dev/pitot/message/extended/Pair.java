package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.CloseReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client and a server with a way in each direction, in virtual time.
final class Pair {
    static final int NONCE = 4711;
    static final long START = Long.MAX_VALUE / 2;

    final Recorder clientSaw = new Recorder();
    final Recorder serverSaw = new Recorder();
    final OneWayPath up;
    final OneWayPath down;
    final ExtendedLink client;
    AddressValidation addressValidation = new AddressValidation(new SecureRandom());
    final InetSocketAddress address;

    @Nullable ExtendedLink server;

    @Nullable CloseReason refusal;

    int admissions;
    long now = START;

    private final ByteBuffer answer = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);
    private final ExtendedSettings settings;
    private final BufferPool pool;
    private Consumer<ExtendedLink> serverStart = _ -> {};

    Pair(PathConditions conditions, long seed) {
        this(conditions, conditions, seed, ExtendedSettings.DEFAULT);
    }

    Pair(PathConditions upward, PathConditions downward, long seed, ExtendedSettings settings) {
        this(upward, downward, seed, settings, new BufferPool(new Random(seed)));
    }

    /// The server uses a stock that is there already.
    Pair(PathConditions conditions, long seed, BufferPool serverPool) {
        this(conditions, conditions, seed, ExtendedSettings.DEFAULT, serverPool);
    }

    private Pair(
            PathConditions upward, PathConditions downward, long seed, ExtendedSettings settings, BufferPool pool) {
        this.settings = settings;
        this.pool = pool;
        up = new OneWayPath(upward, seed + 1);
        down = new OneWayPath(downward, seed + 2);
        client = ExtendedLink.client(NONCE, settings, pool, clientSaw, now);
        try {
            address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 5000);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /// As if so many packets had been sent before.
    Pair startAt(long packets) {
        return startAt(packets, 0, 0);
    }

    /// As if so many packets, messages of each channel, and bytes of all, had been sent before.
    Pair startAt(long packets, long messages, long bytes) {
        serverStart = link -> link.startAt(packets, messages, bytes);
        client.startAt(packets, messages, bytes);
        return this;
    }

    ExtendedLink server() {
        return Objects.requireNonNull(server);
    }

    /// Gives the client its challenge.
    Pair challenge() {
        ByteBuffer challenge = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);
        addressValidation.challenge(NONCE, address, now, challenge);
        client.receive(challenge, now);
        return this;
    }

    /// The server forgets everything, its secrets included.
    void restartServer() {
        addressValidation = new AddressValidation(new SecureRandom());
        server = null;
    }

    /// Connects, which the weather may delay.
    Pair connect() {
        challenge();
        runUntil(() -> clientSaw.opened == 1 && serverSaw.opened == 1, 60_000);
        return this;
    }

    /// Runs until something holds, for some virtual milliseconds at most.
    void runUntil(BooleanSupplier isDone, long atMostMillis) {
        long end = now + atMostMillis * 1_000_000;
        flush();
        while (!isDone.getAsBoolean()) {
            long next = nextAt();
            if (next - end > 0) {
                throw new AssertionError("not within " + atMostMillis + " ms: client " + clientSaw.closed + ", "
                        + client.metrics() + "; server " + serverSaw.closed + ", "
                        + (server == null ? null : server.metrics()));
            }
            step(next);
        }
    }

    void assertAlive() {
        assertThat(clientSaw.closed).isNull();
        assertThat(serverSaw.closed).isNull();
    }

    /// Runs for some virtual milliseconds.
    void run(long millis) {
        runTo(now + millis * 1_000_000);
    }

    void runTo(long end) {
        flush();
        while (nextAt() - end <= 0) {
            step(nextAt());
        }
        now = end;
        flush();
    }

    private void step(long at) {
        now = Math.max(now, at);
        while (up.nextAt() <= now) {
            receiveAtServer(up.take());
        }
        while (down.nextAt() <= now) {
            client.receive(down.take(), now);
        }
        flush();
    }

    void flush() {
        up.at(now);
        down.at(now);
        client.flush(up, now);
        if (server != null) {
            server.flush(down, now);
        }
    }

    private long nextAt() {
        long wake = Math.min(client.wakeAt(), server == null ? Long.MAX_VALUE : server.wakeAt());
        return Math.min(wake, Math.min(up.nextAt(), down.nextAt()));
    }

    private void receiveAtServer(ByteBuffer datagram) {
        if (server != null) {
            server.receive(datagram, now);
            return;
        }
        Hello hello = addressValidation.verify(datagram, address, now);
        if (hello != null) {
            server = ExtendedLink.server(hello, this::admit, settings, pool, serverSaw, now);
            serverStart.accept(server);
        } else if (addressValidation.challengeAgain(datagram, address, now, answer)) {
            down.send(answer);
        }
    }

    private @Nullable CloseReason admit() {
        admissions++;
        return refusal;
    }
}
