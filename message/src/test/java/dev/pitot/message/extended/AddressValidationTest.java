package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressValidationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int NONCE = 0xBEEF;

    private final AddressValidation addressValidation = new AddressValidation(new SecureRandom());
    private final InetSocketAddress client = address("10.0.0.1", 5000);

    private static InetSocketAddress address(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /// The hello of a client that got its challenge at a time.
    private ByteBuffer hello(InetSocketAddress from, long at) {
        ByteBuffer challenge = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);
        addressValidation.challenge(NONCE, from, at, challenge);
        ExtendedLink link =
                ExtendedLink.client(NONCE, ExtendedSettings.DEFAULT, new BufferPool(new Random(1)), new Recorder(), 0);
        link.receive(challenge, 0);
        ByteBuffer hello = ByteBuffer.allocate(PacketHeader.MAX_SIZE);
        link.flush(
                datagram -> {
                    hello.put(datagram).flip();
                    return true;
                },
                0);
        return hello;
    }

    @Test
    void aChallengeIsShorterThanThreeRequests() {
        ByteBuffer challenge = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);

        addressValidation.challenge(NONCE, client, 0, challenge);

        assertThat(challenge.remaining()).isEqualTo(20).isLessThanOrEqualTo(3 * 7);
        assertThat(AddressValidation.isExtended(challenge)).isTrue();
        assertThat(challenge.getInt(0)).isZero();
        assertThat(challenge.getShort(4)).isEqualTo((short) 0xF5E0);
        assertThat(challenge.getShort(10)).isEqualTo((short) NONCE);
    }

    @Test
    void onlyAConnectRequestWithThePatternHasANonce() {
        assertThat(nonce("0001BEEFAA0204")).isEqualTo(NONCE);
        assertThat(nonce("0001BEEF020204")).isZero();
        assertThat(nonce("0001BEEFAA0304")).isZero();
        assertThat(nonce("0001BEEFAA0203")).isZero();
        assertThat(nonce("0001BEEFAA02")).isZero();
        assertThat(AddressValidation.isExtended(ByteBuffer.wrap(HexFormat.of().parseHex("0001BEEFAA0204"))))
                .isFalse();
        assertThat(AddressValidation.isExtended(ByteBuffer.allocate(0))).isFalse();
    }

    private static int nonce(String hex) {
        return AddressValidation.nonceOf(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "2001:db8::1"})
    void aHelloWithItsCookieIsTaken(String host) {
        InetSocketAddress from = address(host, 5000);

        Hello hello = Objects.requireNonNull(addressValidation.verify(hello(from, 95 * SECOND), from, 99 * SECOND));

        assertThat(hello.version()).isEqualTo(1);
        assertThat(hello.token().nonce()).isEqualTo(NONCE);
        assertThat(hello.parameters()).isEqualTo(new Hello.TransportParameters(1 << 20, (2 << 20) + 64, 1400));
        assertThat(hello.toString()).doesNotContain(Long.toString(hello.token().cookie()));
    }

    @Test
    void aCookieIsGoodForItsSlotAndTheNext() {
        ByteBuffer hello = hello(client, 95 * SECOND);

        assertThat(addressValidation.verify(hello, client, 109 * SECOND)).isNotNull();
        assertThat(addressValidation.verify(hello, client, 110 * SECOND)).isNull();
        assertThat(addressValidation.verify(hello, client, 85 * SECOND)).isNull();
        assertThat(addressValidation.verify(hello(client, -5 * SECOND), client, 5 * SECOND))
                .isNotNull();
    }

    @Test
    void aCookieIsGoodForItsAddressPortNonceAndServerOnly() {
        ByteBuffer hello = hello(client, 0);

        assertThat(addressValidation.verify(hello, address("10.0.0.2", 5000), 0))
                .isNull();
        assertThat(addressValidation.verify(hello, address("10.0.0.1", 5001), 0))
                .isNull();
        assertThat(new AddressValidation(new SecureRandom()).verify(hello, client, 0))
                .isNull();
        hello.putShort(10, (short) 7);
        PacketHeader.seal(hello, new CRC32C());
        assertThat(addressValidation.verify(hello, client, 0)).isNull();
    }

    @Test
    void aHelloThatIsCutOrChangedIsIgnored() {
        ByteBuffer hello = hello(client, 0);

        assertThat(addressValidation.verify(hello.slice(0, 1199), client, 0)).isNull();
        hello.put(30, (byte) 1);
        assertThat(addressValidation.verify(hello, client, 0)).isNull();
    }
}
