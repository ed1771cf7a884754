package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What connections hold that were busy once.
@Timeout(180)
class IdleMemoryTest {
    private static final int LINKS = 300;

    @Test
    void idlePeersHoldLessThan20KibibytesEach() {
        BufferPool pool = new BufferPool(new Random(1));
        List<ExtendedLink> links = new ArrayList<>();
        links.add(busyOnce(pool)); // loads all classes
        long before = used();

        for (int i = 0; i < LINKS; i++) {
            links.add(busyOnce(pool));
        }

        assertThat((used() - before) / LINKS).isLessThan(20 * 1024);
        assertThat(links).hasSize(LINKS + 1);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// A server's end, with the client that it happens to hold on to here, that sent and got
    /// messages on several channels, and then nothing for a while.
    private static ExtendedLink busyOnce(BufferPool pool) {
        Pair pair = new Pair(PathConditions.CLEAR, 1, pool).connect();
        ExtendedLink server = pair.server();
        pair.serverSaw.onMessage = (_, _) -> {};
        ByteBuffer payload = ByteBuffer.allocate(300);
        for (int i = 0; i < 400; i++) {
            Channel channel = SendChannel.channel(i % 4 * 64 + i % 8);
            server.send(payload, channel, pair.now);
            pair.client.send(payload, channel, pair.now);
        }
        pair.run(5_000);
        assertThat(pair.clientSaw.messages).hasSizeGreaterThan(300);
        pair.clientSaw.messages.clear();
        return server;
    }
}
