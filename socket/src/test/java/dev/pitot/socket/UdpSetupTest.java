package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Contract of both families for UDP socket settings.
@ParameterizedClass(name = "{0}")
@MethodSource("families")
final class UdpSetupTest {
    private final SocketFamily family;

    UdpSetupTest(SocketFamily family) {
        this.family = family;
    }

    static List<SocketFamily> families() {
        return Families.ALL;
    }

    @Test
    void buffersAreAsLargeAsAsked() throws IOException {
        var settings = new SocketSettings(100_000, 0, false, 0, null);

        try (UdpPair pair = UdpPair.of(family, Setups.LOOPBACK, Setups.udp(settings, Setups.UDP.datagrams()))) {
            assertThat(pair.client().buffers().sendBytes()).isGreaterThanOrEqualTo(100_000);
            assertThat(pair.client().buffers().receiveBytes()).isBetween(100_000, 500_000);
        }
    }

    @Test
    void buffersThatAreTooLargeAreRefused() {
        var settings = new SocketSettings(512 * 1024 * 1024, 0, false, 0, null);

        assertThatThrownBy(() -> UdpPair.of(family, Setups.LOOPBACK, Setups.udp(settings, Setups.UDP.datagrams())))
                .isInstanceOf(SocketException.class)
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.BUFFER_TOO_SMALL);
    }

    @Test
    void theLocalPortCanBeChosenUnlessItIsTaken() throws IOException {
        var remote = Setups.at("127.0.0.1", 9);
        int port;
        try (UdpConnection first = family.connectUdp(remote, Setups.UDP)) {
            port = first.local().getPort();

            assertThatThrownBy(() -> family.connectUdp(remote, atPort(port)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Address already in use");
        }
        try (UdpConnection second = family.connectUdp(remote, atPort(port))) {
            assertThat(second.local().getPort()).isEqualTo(port);
        }
    }

    private static UdpSetup atPort(int port) {
        return Setups.udpAt(new InetSocketAddress(port)); // Java's wildcard: ::
    }

    @Test
    void aLocalAddressOfTheOtherIpVersionIsRefused() {
        assertThatThrownBy(() -> family.connectUdp(Setups.at("127.0.0.1", 9), Setups.udpAt(Setups.LOOPBACK_V6)))
                .isInstanceOf(SocketException.class)
                .hasMessage("Address family not supported by protocol");
    }

    @Test
    void aNameMustBeResolved() {
        var name = InetSocketAddress.createUnresolved("localhost", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> family.connectUdp(name, Setups.UDP))
                .withMessageStartingWith("not resolved: ");
    }

    @Test
    void datagramsHaveALength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UdpSetup.Datagrams(0, new DatagramSettings(false, false, Offload.OFF)))
                .withMessage("bytes not in 1..65507: 0");
    }
}
