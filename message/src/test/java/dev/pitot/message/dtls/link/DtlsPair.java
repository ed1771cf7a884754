package dev.pitot.message.dtls.link;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.dtls.Authority;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A client's and a server's secured link with a bad network between, in virtual time.
final class DtlsPair {
    private static final long DELAY = 10_000_000;
    private static final long LATE = 30_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final int MAX_STEPS = 100_000;

    final DtlsRecorder clientReceived = new DtlsRecorder();
    final DtlsRecorder serverReceived = new DtlsRecorder();
    final DtlsLink client;
    final List<byte[]> toServer = new ArrayList<>();
    final List<byte[]> toClient = new ArrayList<>();

    @Nullable DtlsLink server;

    private final DtlsContext serverContext;
    private final Random random;
    private final int lossPercent;
    private final PriorityQueue<InFlight> flying = new PriorityQueue<>();
    private Predicate<byte[]> filter = _ -> true;
    private long now = 1_000;
    private long order;

    private record InFlight(long at, long order, boolean isToServer, ByteBuffer datagram)
            implements Comparable<InFlight> {
        @Override
        public int compareTo(InFlight other) {
            int byTime = Long.compare(at, other.at);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    DtlsPair(DtlsContext clientContext, DtlsContext serverContext) {
        this(clientContext, serverContext, 0, 0);
    }

    DtlsPair(DtlsContext clientContext, DtlsContext serverContext, long seed, int lossPercent) {
        this.serverContext = serverContext;
        this.lossPercent = lossPercent;
        random = new Random(seed);
        client = DtlsLink.of(clientContext, ears -> new FakeInnerLink(true, ears), clientReceived, now);
        client.receive(ByteBuffer.wrap(FakeInnerLink.CHALLENGE), now);
    }

    /// Only datagrams that pass are carried.
    void filter(Predicate<byte[]> passes) {
        filter = passes;
    }

    long now() {
        return now;
    }

    DtlsLink server() {
        DtlsLink made = server;
        if (made == null) {
            throw new AssertionError("no hello came");
        }
        return made;
    }

    /// Runs until it holds, or nothing happens any more, or a virtual minute has passed.
    void runUntil(BooleanSupplier holds) {
        long end = now + 60 * SECOND;
        for (int step = 0; step < MAX_STEPS && !holds.getAsBoolean(); step++) {
            client.flush(datagram -> carry(datagram, true), now);
            DtlsLink made = server;
            if (made != null) {
                made.flush(datagram -> carry(datagram, false), now);
            }
            if (holds.getAsBoolean()) {
                return;
            }
            long next = client.wakeAt();
            next = made == null ? next : Math.min(next, made.wakeAt());
            InFlight first = flying.peek();
            next = first == null ? next : Math.min(next, first.at);
            if (next > end) {
                return;
            }
            now = Math.max(now, next);
            deliver();
        }
    }

    /// Runs until everything that was sent has come, as long as nothing waits for a timer.
    void settle() {
        runUntil(() -> false);
    }

    private void deliver() {
        for (InFlight first = flying.peek(); first != null && first.at <= now; first = flying.peek()) {
            flying.remove();
            ByteBuffer datagram = first.datagram;
            if (!first.isToServer) {
                client.receive(datagram, now);
                continue;
            }
            DtlsLink made = server;
            if (made != null) {
                made.receive(datagram, now);
            } else if (DtlsRecords.clearKind(datagram) == DtlsRecords.HELLO) {
                server = DtlsLink.of(serverContext, ears -> new FakeInnerLink(false, ears), serverReceived, now);
            }
        }
    }

    private boolean carry(ByteBuffer datagram, boolean isToServer) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        (isToServer ? toServer : toClient).add(copy);
        if (!filter.test(copy)) {
            return true;
        }
        for (int copies = random.nextInt(100) < lossPercent ? 2 : 1; copies > 0; copies--) {
            if (random.nextInt(100) >= lossPercent) {
                long late = random.nextInt(100) < lossPercent ? random.nextLong(LATE) : 0;
                flying.add(new InFlight(now + DELAY + late, order++, isToServer, ByteBuffer.wrap(copy.clone())));
            }
        }
        return true;
    }

    void open() {
        runUntil(() -> clientReceived.opened == 1);
        client.send(text("first"), Channel.UNRELIABLE, now);
        runUntil(() -> serverReceived.opened == 1);
    }

    /// A server that anybody may use.
    static DtlsContext server(Identity identity) {
        return DtlsContext.server(identity, new Trust.NoClientAuthentication(), Authority.TIMEOUT);
    }

    static DtlsContext client(Trust trust) {
        return DtlsContext.client("server.test", trust, null, Authority.TIMEOUT);
    }

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
