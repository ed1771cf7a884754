package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.Iperf;
import dev.pitot.engine.Server;
import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.unit.Bitrate;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tests with all options, and with authentication.
@Timeout(180)
@Tag("slow")
class OptionsTest {
    private static final TestConfig BRIEF = TestConfig.builder()
            .limit(new Limit.ForDuration(Duration.ofMillis(300)))
            .build();

    /// DL+01: UDP, two streams, both directions.
    @Test
    void everyOptionCanBeGiven() throws Exception {
        TestConfig test = BRIEF.toBuilder()
                .protocol(Protocol.UDP)
                .bitrate(new Bitrate(2_000_000))
                .parallel(2)
                .direction(Direction.BIDIRECTIONAL)
                .build();
        try (Server server = Iperf.server().port(0).start()) {
            Map<String, Object> result = new IperfClient(Configs.of(server.port(), test, null), RunOptions.DEFAULT)
                    .run()
                    .await();

            assertThat(result).doesNotContainKey("error");
            assertThat(result.get("start")).asString().contains("protocol=UDP", "num_streams=2", "bidir=1");
            assertThat(result.get("end")).asString().contains("sum_bidir_reverse");
            assertThat(ResultReader.totalBitsPerSecond(result)).isPresent();
        }
    }

    /// DL+13: with correct and with wrong credentials.
    @Test
    void aServerThatAsksWhoComesLetsInWhomItKnows() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        var authorization = new Authorization(
                (RSAPrivateKey) keys.getPrivate(),
                (user, _) -> user.equals("mario"),
                Authorization.DEFAULT_SKEW,
                false);
        var policy = new ServerPolicy(ServerPolicy.RateLimit.NONE, Duration.ZERO, authorization);
        try (Server server = Iperf.server().port(0).policy(policy).start()) {
            for (String user : List.of("mario", "luigi")) {
                var credentials = new Credentials(user, "secret", (RSAPublicKey) keys.getPublic(), false);
                Map<String, Object> result = new IperfClient(
                                Configs.of(server.port(), BRIEF, credentials), RunOptions.DEFAULT)
                        .run()
                        .await();

                assertThat(ResultReader.error(result))
                        .isEqualTo(user.equals("mario") ? null : "test authorization failed");
                assertThat(result.toString()).doesNotContain("secret");
            }
        }
    }

    /// DL+08: client and server in one process.
    @Test
    void aSlowCallbackForIntervalsCostsTheResultNothing() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            var gate = new Semaphore(0);
            JsonRun run = new IperfClient(Configs.of(server.port(), BRIEF, null), RunOptions.DEFAULT)
                    .run(_ -> gate.acquireUninterruptibly(), _ -> {});

            Map<String, Object> result = run.await(); // while the callback blocks

            assertThat(ResultReader.intervalBitsPerSecond(result)).hasSizeBetween(1, 4); // a busy host skips some
            assertThat(run.delivered()).isNotDone();
            gate.release(100);
            Await.result(run.delivered());
        }
    }
}
