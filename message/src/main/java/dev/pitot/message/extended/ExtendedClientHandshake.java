package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The client's: waits for the challenge, then sends hellos until they are answered.
final class ExtendedClientHandshake implements ExtendedHandshake {
    private static final long FIRST_WAIT = 300_000_000;
    private static final long LONGEST_WAIT = 2_000_000_000;

    /// So many large hellos; if they are not answered, the path may not carry them.
    private static final int LARGE_HELLOS = 3;

    /// A cookie may be too old, of a server that has restarted, or forged, so others are taken; but not without end.
    private static final int MAX_CHALLENGES = 16;

    private final int nonce;
    private final ExtendedSettings settings;
    private final BufferPool pool;

    private @Nullable Hello hello;
    private int hellos;
    private int challenges;
    private long dueAt = Long.MAX_VALUE;
    private @Nullable Agreement agreement;
    private @Nullable CloseReason refusal;

    ExtendedClientHandshake(int nonce, ExtendedSettings settings, BufferPool pool) {
        if (nonce < 1 || nonce > 0xFFFF) {
            throw new IllegalArgumentException("nonce not in 1..65535: " + nonce);
        }
        this.nonce = nonce;
        this.settings = settings;
        this.pool = pool;
    }

    @Override
    public double keepAliveShare() {
        return 1.0 / 3;
    }

    /// True if the challenge came.
    boolean hasBegun() {
        return hello != null;
    }

    @Override
    public boolean receive(ByteBuffer datagram, long now) {
        Hello mine = hello;
        Long cookie = HandshakePackets.parseChallenge(datagram, nonce);
        if (cookie != null && agreement == null && refusal == null) {
            onChallenge(cookie, now);
            return true;
        }
        if (mine == null) {
            return false;
        }
        if (agreement != null || refusal != null || hellos == 0) {
            return true; // an answer to a repeated request or hello
        }
        int size = mine.parameters().largestDatagram();
        HandshakePackets.Welcome welcome = HandshakePackets.parseWelcome(datagram, mine.clientId(), nonce, size);
        if (welcome != null) {
            agreement = new Agreement(mine.clientId(), welcome.serverId(), welcome.parameters());
        } else {
            refusal = HandshakePackets.parseRefusal(datagram, mine.clientId(), nonce);
        }
        if (agreement != null || refusal != null) {
            dueAt = Long.MAX_VALUE;
        }
        return true;
    }

    /// A new cookie goes into the same hello, so that an answer to either counts.
    private void onChallenge(long cookie, long now) {
        Hello mine = hello;
        if (mine == null) {
            hello = hello(cookie, settings.largestDatagram(), pool.randomId());
        } else if (cookie != mine.token().cookie() && challenges < MAX_CHALLENGES) {
            hello = hello(cookie, mine.parameters().largestDatagram(), mine.clientId());
        } else {
            return;
        }
        challenges++;
        dueAt = now;
    }

    private Hello hello(long cookie, int size, int clientId) {
        Hello.TransportParameters parameters =
                new Hello.TransportParameters(settings.largestMessage(), settings.receiveWindow(), size);
        return new Hello(
                PacketHeader.VERSION,
                new Hello.HandshakeToken(nonce, cookie),
                clientId,
                settings.dtls() ? 1 : 0,
                parameters);
    }

    @Override
    public boolean write(ByteBuffer into, long now) {
        Hello mine = hello;
        if (mine == null || now < dueAt) {
            return false;
        }
        if (hellos == LARGE_HELLOS && mine.parameters().largestDatagram() > PacketHeader.MIN_SIZE) {
            // another connection id, so that a late answer to the larger one does not count
            mine = hello(mine.token().cookie(), PacketHeader.MIN_SIZE, pool.randomId());
            hello = mine;
        }
        mine.write(into, pool.crc);
        dueAt = now + Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(hellos, 3));
        hellos++;
        return true;
    }

    @Override
    public long dueAt() {
        return dueAt;
    }

    @Override
    public @Nullable Agreement agreement() {
        return agreement;
    }

    @Override
    public @Nullable CloseReason refusal() {
        return refusal;
    }
}
