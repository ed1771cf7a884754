package dev.pitot.message.dtls.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Authority;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final String NOT_TRUSTED_THERE =
            "the peer does not trust this end's certificate (alert 46); it says on its side why";

    private final Authority authority = new Authority("authority.test");

    @Test
    void anAuthoritysServerOfTheRightNameIsTrusted() {
        var pair = new DtlsPair(DtlsPair.client(authority.trust()), DtlsPair.server(authority.issue("server.test")));

        pair.open();

        assertThat(pair.serverReceived.messages).containsExactly("first");
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        Trust others = new Authority("other.test").trust();

        assertRefusedByClient(
                others,
                authority.issue("server.test"),
                "the server's certificate is not signed by an authority that is trusted here;"
                        + " add its authority, or pin its key",
                NOT_TRUSTED_THERE);
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        assertRefusedByClient(
                authority.trust(),
                authority.issue("elsewhere.test"),
                "the server's certificate is not for the host name server.test;"
                        + " connect by a name that it is for, or pin its key",
                NOT_TRUSTED_THERE);
    }

    @Test
    void anExpiredCertificateIsRefused() {
        assertRefusedByClient(
                authority.trust(),
                authority.issue("server.test", Instant.now().minus(Duration.ofDays(2))),
                "the server's certificate has expired; it must be renewed, or this system's date be corrected",
                "the peer says that this end's certificate has expired; it must be renewed");
    }

    @Test
    void aCertificateOfTomorrowIsRefused() {
        assertRefusedByClient(
                authority.trust(),
                authority.issue("server.test", Instant.now().plus(Duration.ofDays(2))),
                "the server's certificate is not valid yet; this system's date may be wrong",
                NOT_TRUSTED_THERE);
    }

    @Test
    void anExpiredCertificateIsRefusedEvenIfItIsTheAuthority() {
        Identity expired = authority.issue("server.test", Instant.now().minus(Duration.ofDays(2)));

        assertRefusedByClient(
                new Trust.Authorities(expired.certificates()),
                expired,
                "the server's certificate has expired; it must be renewed, or this system's date be corrected",
                "the peer says that this end's certificate has expired; it must be renewed");
    }

    @Test
    void aKeyThatIsNotPinnedIsRefused() {
        Identity identity = Authority.selfSigned();

        assertRefusedByClient(
                Authority.pin(Authority.selfSigned()),
                identity,
                "the server's key is not pinned here; if it is the right one, pin " + identity.fingerprint(),
                NOT_TRUSTED_THERE);
    }

    private static void assertRefusedByClient(Trust trust, Identity server, String atClient, String atServer) {
        var pair = new DtlsPair(DtlsPair.client(trust), DtlsPair.server(server));

        pair.settle();

        assertThat(pair.clientReceived.end()).isEqualTo(new CloseReason(CloseReason.Cause.UNTRUSTED, atClient));
        assertThat(pair.serverReceived.end()).isEqualTo(new CloseReason(CloseReason.Cause.UNTRUSTED, atServer));
        assertThat(List.of(pair.clientReceived.opened, pair.serverReceived.opened))
                .containsExactly(0, 0);
        assertThat(pair.now()).isLessThan(1_200_000_000); // the server waits a second for a peer that goes on
    }

    @Test
    void oneOfSeveralPinsIsEnoughWhateverTheCertificateSays() {
        Identity expired = authority.issue("elsewhere.test", Instant.now().minus(Duration.ofDays(2)));
        Trust pins = new Trust.Pins(Set.of(Authority.selfSigned().fingerprint(), expired.fingerprint()));
        var pair = new DtlsPair(DtlsPair.client(pins), DtlsPair.server(expired));

        pair.open();

        assertThat(pair.client.peer()).isEqualTo(expired.fingerprint());
    }

    @Test
    void aClientIsKnownByItsCertificate() {
        Identity server = Authority.selfSigned();
        Identity client = authority.issue("client.test");
        var pair = new DtlsPair(
                DtlsContext.client("", Authority.pin(server), client, Authority.TIMEOUT),
                DtlsContext.server(server, authority.trust(), Authority.TIMEOUT));

        pair.open();

        assertThat(pair.server().peer()).isEqualTo(client.fingerprint());
    }

    @Test
    void aClientWithoutCertificateIsRefusedIfOneIsWanted() {
        Identity server = Authority.selfSigned();
        var pair = new DtlsPair(
                DtlsPair.client(Authority.pin(server)),
                DtlsContext.server(server, authority.trust(), Authority.TIMEOUT));

        pair.settle();

        assertThat(pair.clientReceived.end())
                .isEqualTo(new CloseReason(
                        CloseReason.Cause.UNTRUSTED,
                        "the peer wants a certificate, and this end has none: give it one; or the two have no"
                                + " common way to encrypt"));
        assertThat(pair.serverReceived.end())
                .isEqualTo(new CloseReason(
                        CloseReason.Cause.UNTRUSTED,
                        "the secure handshake failed: (handshake_failure) Empty client certificate chain"));
    }

    @Test
    void aClientWithAnUnknownCertificateIsRefused() {
        Identity server = Authority.selfSigned();
        Identity unknownSender = Authority.selfSigned();
        var pair = new DtlsPair(
                DtlsContext.client("", Authority.pin(server), unknownSender, Authority.TIMEOUT),
                DtlsContext.server(server, Authority.pin(Authority.selfSigned()), Authority.TIMEOUT));

        pair.settle();

        assertThat(pair.serverReceived.end())
                .isEqualTo(new CloseReason(
                        CloseReason.Cause.UNTRUSTED,
                        "the client's key is not pinned here; if it is the right one, pin "
                                + unknownSender.fingerprint()));
        assertThat(pair.clientReceived.end().text()).isEqualTo(NOT_TRUSTED_THERE);
    }

    @Test
    void aClientMustCheckItsServer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DtlsPair.client(new Trust.NoClientAuthentication()))
                .withMessage("a client must know whom to trust;"
                        + " give authorities or the fingerprint of the server's key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DtlsContext.client("", authority.trust(), null, Authority.TIMEOUT))
                .withMessage("a client that trusts authorities must know the server's host name;"
                        + " give it, or pin a key");
    }
}
