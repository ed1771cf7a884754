package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.ServerPolicy.RateLimit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import dev.pitot.wire.auth.PasswordHash;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Limits and access control of a server.
@Tag("slow")
class PolicyTest {
    private static final Bitrate LIMIT = new Bitrate(10_000_000);
    private static final KeyPair KEYS = keys();
    private static final KeyPair OTHER_KEYS = keys();

    private final Watcher watcher = new Watcher();

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerPolicy rateLimit(Duration window) {
        return new ServerPolicy(new RateLimit(LIMIT, window), Duration.ZERO, null);
    }

    private static ServerPolicy maxDuration(Duration longest) {
        return new ServerPolicy(RateLimit.NONE, longest, null);
    }

    private static TestConfig.Builder small() {
        return TestConfig.builder().limit(new Limit.ForBytes(1_000_000));
    }

    private Outcome run(ServerPolicy policy, TestConfig test, @Nullable Credentials credentials) throws Exception {
        try (Server server =
                Iperf.server().port(0).policy(policy).listener(watcher).start()) {
            ClientBuilder client = Iperf.client("127.0.0.1").port(server.port()).test(test);
            if (credentials != null) {
                client = client.credentials(credentials);
            }
            return client.run();
        }
    }

    private static Ending failedByServer(IperfError error) {
        return new Ending.Failed(error, "", true);
    }

    @ParameterizedTest
    @CsvSource({"FORWARD,1,10000001", "BIDIRECTIONAL,1,5000001", "REVERSE,4,2500001"})
    void moreThanTheServerAllowsIsRefusedBeforeItFlows(Direction direction, int parallel, long rate) throws Exception {
        TestConfig test = small().direction(direction)
                .parallel(parallel)
                .bitrate(new Bitrate(rate))
                .build();

        Outcome outcome = run(rateLimit(Duration.ofSeconds(5)), test, null);

        assertThat(outcome.ending()).isEqualTo(failedByServer(IperfError.TOTAL_RATE));
        assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.Failed(IperfError.TOTAL_RATE, "", false));
        assertThat(watcher.events()).noneMatch(TestEvent.ParametersAgreed.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void whatTurnsOutToBeTooFastIsEnded(Direction direction) throws Exception {
        TestConfig test = TestConfig.builder()
                .direction(direction)
                .limit(new Limit.Endless())
                .build();

        Outcome outcome = run(rateLimit(Duration.ofMillis(200)), test, null);

        assertThat(outcome.ending()).isEqualTo(failedByServer(IperfError.TOTAL_RATE));
        assertThat(outcome.report().summary()).isNotNull();
    }

    @Test
    void whatKeepsToTheLimitIsLetThrough() throws Exception {
        TestConfig test = TestConfig.builder()
                .protocol(Protocol.UDP)
                .blockBytes(1_000)
                .bitrate(new Bitrate(4_000_000))
                .limit(new Limit.ForDuration(Duration.ofMillis(1_500)))
                .build();

        assertThat(run(rateLimit(Duration.ofSeconds(1)), test, null).ending()).isEqualTo(new Ending.Completed());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLongerThanTheServerAllowsIsRefused(boolean isEndless) throws Exception {
        TestConfig.Builder test = TestConfig.builder().omit(Duration.ofSeconds(1));
        Limit limit = isEndless ? new Limit.Endless() : new Limit.ForDuration(Duration.ofSeconds(2));

        Outcome outcome =
                run(maxDuration(Duration.ofSeconds(2)), test.limit(limit).build(), null);

        assertThat(outcome.ending()).isEqualTo(failedByServer(IperfError.MAX_DURATION));
    }

    @Test
    void whatIsAsLongAsTheServerAllowsIsLetThrough() throws Exception {
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForDuration(Duration.ofSeconds(1)))
                .build();

        assertThat(run(maxDuration(Duration.ofSeconds(1)), test, null).ending()).isEqualTo(new Ending.Completed());
    }

    private static ServerPolicy onlyMario(boolean acceptsPkcs1) {
        String known = PasswordHash.of("mario", "rossi");
        Authorization.Users users = (user, hash) -> user.equals("mario") && hash.equals(known);
        return only(users, acceptsPkcs1);
    }

    private static ServerPolicy only(Authorization.Users users, boolean acceptsPkcs1) {
        var authorization =
                new Authorization((RSAPrivateKey) KEYS.getPrivate(), users, Authorization.DEFAULT_SKEW, acceptsPkcs1);
        return new ServerPolicy(RateLimit.NONE, Duration.ZERO, authorization);
    }

    private static Credentials credentials(String password, KeyPair keys, boolean pkcs1) {
        return new Credentials("mario", password, (RSAPublicKey) keys.getPublic(), pkcs1);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,true"})
    void whoeverIsKnownIsLetIn(boolean clientPads, boolean serverAccepts) throws Exception {
        Outcome outcome = run(onlyMario(serverAccepts), small().build(), credentials("rossi", KEYS, clientPads));

        assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        assertThat(watcher.events())
                .anyMatch(event -> event instanceof TestEvent.Note(TestEvent.Level level, String text)
                        && level == TestEvent.Level.VERBOSE
                        && text.startsWith("Authentication succeeded for user 'mario' ts "));
    }

    @Test
    void whoeverSaysNothingIsNotLetInAndBothEndsSaySo() throws Exception {
        assertRefused(run(onlyMario(false), small().build(), null));
    }

    @Test
    void aWrongPasswordIsNotLetIn() throws Exception {
        assertRefused(run(onlyMario(false), small().build(), credentials("bianchi", KEYS, false)));
    }

    @Test
    void aTokenForAnotherServerIsNotLetIn() throws Exception {
        assertRefused(run(onlyMario(false), small().build(), credentials("rossi", OTHER_KEYS, false)));
    }

    @Test
    void oldPaddingIsNotLetInUnlessTheServerAcceptsIt() throws Exception {
        assertRefused(run(onlyMario(false), small().build(), credentials("rossi", KEYS, true)));
    }

    @Test
    void nobodyIsLetInWhenTheUsersCannotBeRead() throws Exception {
        Authorization.Users broken = (_, _) -> {
            throw new IOException("no such file");
        };

        assertRefused(run(only(broken, false), small().build(), credentials("rossi", KEYS, false)));
        assertThat(watcher.events())
                .anyMatch(event -> event instanceof TestEvent.Note(TestEvent.Level _, String text)
                        && text.startsWith("Authentication failed with return code 2 for user 'mario' ts "));
    }

    private void assertRefused(Outcome client) throws InterruptedException {
        assertThat(client.ending()).isEqualTo(failedByServer(IperfError.AUTHORIZATION));
        assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.Failed(IperfError.AUTHORIZATION, "", false));
    }

    @Test
    void aServerOfOneTestIsNotUsedUpByWhoIsNotLetIn() throws Exception {
        var config = new ServerConfig(
                0,
                LocalBinding.ANY,
                Timeouts.DEFAULT,
                ReportInterval.DEFAULT,
                new ServerConfig.Lifetime(true, Duration.ZERO),
                onlyMario(false));
        try (Server server = Iperf.server(config).start()) {
            ClientBuilder client = Iperf.client("127.0.0.1").port(server.port()).test(small().build());
            try (ScriptedPeer peer = ScriptedPeer.client(
                    server.port(),
                    Script.start()
                            .send("abcdefghijklmnopqrstuvwxyz234567abcd\0")
                            .close())) {
                peer.awaitPlayed();
            }
            Outcome refused = client.run();
            client = client.credentials(credentials("rossi", KEYS, false));
            Outcome welcome = client.run();
            while (welcome.ending() instanceof Ending.Busy) { // with the one before, for a moment
                welcome = client.run();
            }

            assertThat(refused.ending()).isNotEqualTo(new Ending.Completed());
            assertThat(welcome.ending()).isEqualTo(new Ending.Completed());
            server.await();
        }
    }
}
