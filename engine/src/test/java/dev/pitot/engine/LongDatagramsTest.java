package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both ends warn of datagrams that their socket buffers cannot hold.
@Timeout(180)
class LongDatagramsTest {
    private static final int BLOCK_BYTES = 60_000;

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    @ParameterizedTest
    @MethodSource("families")
    void areWarnedOfAtBothEnds(SocketFamily family) throws Exception {
        var client = new Watcher();
        var server = new Watcher();

        play(family, 4_096, client, server);

        for (Watcher end : List.of(client, server)) {
            assertThat(warnings(end))
                    .anyMatch(text -> text.matches("Block size 60000 > sending socket buffer size [0-9]{4,5}"))
                    .anyMatch(text -> text.matches("Block size 60000 > receiving socket buffer size [0-9]{4,5}"));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void areNothingToWarnOfWhereTheyFit(SocketFamily family) throws Exception {
        var client = new Watcher();
        var server = new Watcher();

        play(family, 100_000, client, server);

        assertThat(warnings(client)).noneMatch(text -> text.startsWith("Block size"));
        assertThat(warnings(server)).noneMatch(text -> text.startsWith("Block size"));
    }

    private static void play(SocketFamily family, int windowBytes, Watcher client, Watcher server) throws Exception {
        TestConfig test = TestConfig.builder()
                .protocol(Protocol.UDP)
                .blockBytes(BLOCK_BYTES)
                .socket(new SocketSettings(windowBytes, 0, false, 0, null))
                .limit(new Limit.ForBlocks(1))
                .build();
        try (Server listening =
                Iperf.server().port(0).sockets(family).listener(server).start()) {
            Iperf.client("127.0.0.1")
                    .port(listening.port())
                    .test(test)
                    .sockets(family)
                    .listener(client)
                    .run();
            client.awaitOutcome();
            server.awaitOutcome();
        }
    }

    private static List<String> warnings(Watcher watcher) {
        return watcher.events().stream()
                .filter(event -> event instanceof TestEvent.Note(TestEvent.Level level, String _)
                        && level == TestEvent.Level.WARNING)
                .map(event -> ((TestEvent.Note) event).text())
                .toList();
    }
}
