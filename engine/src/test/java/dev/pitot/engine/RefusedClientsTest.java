package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections that a server rejects, as its listeners see them.
@Timeout(180)
class RefusedClientsTest {
    private static final int FLOOD = 300;

    private final Watcher watcher = new Watcher();
    private Server server;

    @BeforeEach
    void startServer() throws IOException {
        server = Iperf.server().port(0).listener(watcher).start();
    }

    @Test
    void aFloodOfConnectionsIsAFewEventsThatCountAllOfThem() throws Exception {
        for (int i = 0; i < FLOOD; i++) {
            play(Script.start().send("half a cookie").endSending().takeAll());
        }
        end();

        List<ServerEvent.ConnectionDropped> dropped = dropped();
        assertThat(dropped).hasSizeLessThanOrEqualTo(12); // reasons differ: closed, reset, too many; and a slow machine
        assertThat(dropped.stream()
                        .mapToLong(ServerEvent.ConnectionDropped::count)
                        .sum())
                .isEqualTo(FLOOD);
        assertThat(dropped.getFirst().text())
                .startsWith("unable to receive cookie: ")
                .endsWith(" (from 127.0.0.1)");
    }

    @Test
    void aClientThatIsRefusedIsNamedAndCountedOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            play(Script.start()
                    .send(i + "bcdefghijklmnopqrstuvwxyz234567abcd\0")
                    .take(1)
                    .sendFrame("{\"tcp\":true,\"parallel\":1000}")
                    .takeAll());
        }
        end();

        List<ServerEvent.TestRefused> refused = watcher.serverEvents().stream()
                .filter(ServerEvent.TestRefused.class::isInstance)
                .map(ServerEvent.TestRefused.class::cast)
                .toList();
        assertThat(refused.stream().mapToLong(ServerEvent.TestRefused::count).sum())
                .isEqualTo(3);
        assertThat(refused.getFirst().text()).startsWith("client refused: ").endsWith(" (from 127.0.0.1)");
        assertThat(dropped()).isEmpty();
    }

    private List<ServerEvent.ConnectionDropped> dropped() {
        return watcher.serverEvents().stream()
                .filter(ServerEvent.ConnectionDropped.class::isInstance)
                .map(ServerEvent.ConnectionDropped.class::cast)
                .toList();
    }

    private void play(Script script) throws IOException, InterruptedException {
        try (ScriptedPeer peer = ScriptedPeer.client(server.port(), script)) {
            peer.awaitPlayed();
        }
    }

    private void end() throws InterruptedException {
        server.stop(null);
        server.await();
    }
}
