package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.unit.Bitrate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Settings of one test do not affect the next, as they do in iperf3 servers (iperf_api.c:
/// iperf_reset_test resets only some).
class LeakageTest {
    private static final TestMetadata ALL_EXTRAS = new TestMetadata("title", "extra", true, "3.21", 0);
    private static final SocketSettings ALL_OPTIONS = new SocketSettings(100_000, 0, true, 16, null, 0);

    private static TestConfig.Builder everything() {
        return TestConfig.builder()
                .direction(Direction.BIDIRECTIONAL)
                .parallel(2)
                .limit(new Limit.ForBlocks(20))
                .blockBytes(1_000)
                .pacing(new Pacing(new Bitrate(50_000_000), 3, new Bitrate(60_000_000), 77))
                .socket(ALL_OPTIONS)
                .metadata(ALL_EXTRAS);
    }

    @Test
    void noSettingOfATestLivesOnInTheNext() throws Exception {
        List<TestConfig> loaded = List.of(
                everything().payload(new PayloadSettings(true, true, true)).build(),
                everything()
                        .protocol(Protocol.UDP)
                        .payload(new PayloadSettings(true, false, false))
                        .datagrams(new DatagramSettings(true, true, Offload.ON))
                        .build());
        TestConfig plain = TestConfig.builder()
                .limit(new Limit.ForBytes(1_000))
                .clientVersion("3.21")
                .build();
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start()) {
            for (TestConfig test : loaded) {
                assertThat(serverView(server, watcher, test)).isEqualTo(test);
                assertThat(serverView(server, watcher, plain)).isEqualTo(plain);
            }
        }
    }

    private static TestConfig serverView(Server server, Watcher watcher, TestConfig test) throws Exception {
        Outcome client =
                Iperf.client("127.0.0.1").port(server.port()).test(test).run();
        assertThat(client.ending()).isEqualTo(new Ending.Completed());
        return Objects.requireNonNull(watcher.awaitOutcome().report().start()).config();
    }
}
