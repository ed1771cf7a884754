package dev.pitot.metrics.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180) // generating keys is slow
@Tag("slow")
class SecurePushTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static KeyStore server;

    @SuppressWarnings("NullAway.Init")
    private static KeyStore client;

    @BeforeAll
    static void makeKeys() throws Exception {
        var authority = new TestAuthority(folder);
        server = authority.identity("server", "RSA");
        client = authority.identity("client", "EC");
    }

    private static TestGateway gateway(boolean wantsClient) throws Exception {
        return TestGateway.secure(TestAuthority.context(server, client), wantsClient);
    }

    private static PushGateway to(TestGateway gateway, PushSecurity security) {
        return new PushGateway(
                PushConfig.to("https://127.0.0.1:" + gateway.port()).with(security));
    }

    private static PushSecurity trusting(boolean withIdentity) throws Exception {
        var identity = new PushSecurity.Identity(
                TestAuthority.certificate(client, "client"), TestAuthority.key(client, "client"));
        return new PushSecurity(
                new PushCredentials.Bearer("abc"),
                TestAuthority.certificate(server, "server"),
                withIdentity ? identity : null);
    }

    @Test
    void aServerWhoseAuthorityIsNamedIsTrusted() throws Exception {
        try (var gateway = gateway(false);
                var push = to(gateway, trusting(false))) {
            push.push("a 1\n");

            TestGateway.Request request = gateway.next();
            assertThat(request.line()).isEqualTo("PUT /metrics/job/iperf3");
            assertThat(request.proof()).isEqualTo("Bearer abc");
        }
    }

    @Test
    void aServerThatNobodyVouchesForGetsNothing() throws Exception {
        try (var gateway = gateway(false);
                var push = to(gateway, PushSecurity.DEFAULT)) {
            assertThatThrownBy(() -> push.push("a 1\n"))
                    .isInstanceOf(PushException.class)
                    .hasMessageStartingWith(
                            "the Pushgateway at https://127.0.0.1:" + gateway.port() + " cannot be reached: ")
                    .hasMessageContaining("certification path");
            assertThat(gateway.rest()).isEmpty();
        }
    }

    @Test
    void aServerThatWantsToKnowItsClientsIsShownTheCertificate() throws Exception {
        try (var gateway = gateway(true);
                var push = to(gateway, trusting(true))) {
            push.push("a 1\n");

            assertThat(gateway.next().body()).isEqualTo("a 1\n");
        }
    }

    @Test
    void withoutACertificateSuchAServerRefuses() throws Exception {
        try (var gateway = gateway(true);
                var push = to(gateway, trusting(false))) {
            assertThatThrownBy(() -> push.push("a 1\n")).hasMessageContaining("cannot be reached: ");
            assertThat(gateway.rest()).isEmpty();
        }
    }
}
