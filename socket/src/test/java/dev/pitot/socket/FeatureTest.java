package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamily.Feature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that each family supports its declared features and refuses others by name.
@ParameterizedClass(name = "{0}")
@MethodSource("families")
final class FeatureTest {
    private static final TcpSetup.Liveness USUAL = TcpSetup.Liveness.DEFAULT;
    private static final Pacing GIGABYTE = Pacing.NONE.withFairQueueRate(new Bitrate(8_000_000_000L));

    private final SocketFamily family;

    FeatureTest(SocketFamily family) {
        this.family = family;
    }

    static List<SocketFamily> families() {
        return Families.ALL;
    }

    @Test
    void optionsOfTcp() throws IOException {
        var keepAlive = new KeepAlive(Duration.ofSeconds(20), Duration.ofSeconds(4), 3);

        check(Feature.MSS, Setups.tcp(null, new SocketSettings(0, 1000, false, 0, null)));
        check(Feature.CONGESTION, Setups.tcp(null, new SocketSettings(0, 0, false, 0, "reno")));
        check(Feature.USER_TIMEOUT, tcp(null, new TcpSetup.Liveness(Duration.ofSeconds(5), null), Pacing.NONE));
        check(Feature.KEEP_ALIVE, tcp(null, new TcpSetup.Liveness(Duration.ZERO, keepAlive), Pacing.NONE));
        check(Feature.FAIR_QUEUE_RATE, tcp(null, USUAL, GIGABYTE));
        check(Feature.BIND_DEVICE, tcp("lo", USUAL, Pacing.NONE));
    }

    private static TcpSetup tcp(@Nullable String device, TcpSetup.Liveness liveness, Pacing pacing) {
        return new TcpSetup(null, device, SocketSettings.DEFAULT, liveness, pacing, Transport.TCP);
    }

    private void check(Feature feature, TcpSetup setup) throws IOException {
        if (family.features().contains(feature)) {
            try (Pair pair = Pair.of(family, setup)) {
                pair.server().apply(setup);
                Pair.sendAll(pair.client(), Pair.direct("x"));
                assertThat(pair.server().receive(ByteBuffer.allocateDirect(1))).isEqualTo(1);
            }
        } else {
            assertThatThrownBy(() -> Pair.of(family, setup))
                    .isInstanceOf(SocketException.class)
                    .hasMessageEndingWith(feature.option());
        }
    }

    @Test
    void optionsOfUdp() throws IOException {
        UdpSetup usual = Setups.UDP;
        var whole = new UdpSetup.Datagrams(1000, new DatagramSettings(false, true, Offload.OFF));

        check(Feature.DONT_FRAGMENT, Setups.udp(SocketSettings.DEFAULT, whole));
        check(Feature.FAIR_QUEUE_RATE, new UdpSetup(null, null, usual.settings(), usual.datagrams(), GIGABYTE));
        check(Feature.BIND_DEVICE, new UdpSetup(null, "lo", usual.settings(), usual.datagrams(), Pacing.NONE));
    }

    private void check(Feature feature, UdpSetup setup) throws IOException {
        if (family.features().contains(feature)) {
            try (UdpPair pair = UdpPair.of(family, Setups.LOOPBACK, setup)) {
                pair.client().send(Pair.direct("x"));
                assertThat(UdpPair.receive(pair.server())).isEqualTo("x");
            }
        } else {
            assertThatThrownBy(() -> UdpPair.of(family, Setups.LOOPBACK, setup))
                    .isInstanceOf(SocketException.class)
                    .hasMessageEndingWith(feature.option());
        }
    }

    @Test
    void typeOfServiceIsTakenByUdpOfBothIpVersions() throws IOException {
        var setup = Setups.udp(new SocketSettings(0, 0, false, 0x28, null), Setups.UDP.datagrams());

        for (var address : List.of(Setups.LOOPBACK, Setups.LOOPBACK_V6)) {
            try (UdpPair pair = UdpPair.of(family, address, setup)) {
                pair.client().send(Pair.direct("x"));
                assertThat(UdpPair.receive(pair.server())).isEqualTo("x");
            }
        }
    }

    @Test
    void aFlowLabelIsForIpv6() throws IOException {
        var labelled = new SocketSettings(0, 0, false, 0, null, 0x1234);

        if (family.features().contains(Feature.FLOW_LABEL)) {
            assertThatThrownBy(() -> Pair.of(family, Setups.tcp(null, labelled)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Address family not supported by protocol");
        } else {
            assertThatThrownBy(() -> Pair.of(family, Setups.tcp(null, labelled)))
                    .isInstanceOf(SocketException.class)
                    .hasMessageEndingWith("--flowlabel");
            assertThatThrownBy(
                            () -> UdpPair.of(family, Setups.LOOPBACK_V6, Setups.udp(labelled, Setups.UDP.datagrams())))
                    .isInstanceOf(SocketException.class)
                    .hasMessageEndingWith("--flowlabel");
        }
    }

    @Test
    void listenersOfTransportsAndDevices() throws IOException {
        checkListening(Feature.BIND_DEVICE, new ListenSetup(false, "lo", Transport.TCP));
        if (!family.features().contains(Feature.MULTIPATH_TCP)) { // otherwise the kernel may still lack it
            checkListening(Feature.MULTIPATH_TCP, new ListenSetup(false, null, Transport.MULTIPATH_TCP));
            checkListening(Feature.SCTP, new ListenSetup(false, null, new Transport.Sctp(0, List.of())));
            check(Feature.MULTIPATH_TCP, Setups.tcp(Transport.MULTIPATH_TCP));
            check(Feature.SCTP, Setups.tcp(new Transport.Sctp(0, List.of())));
        }
    }

    @Test
    void listenersRefuseADeviceThatIsNotThere() {
        var setup = new ListenSetup(false, "nonesuch0", Transport.TCP);

        assertThatThrownBy(() -> family.listen(Setups.LOOPBACK, setup))
                .isInstanceOf(SocketException.class)
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.BIND_DEVICE);
        assertThatThrownBy(() -> family.listenUdp(Setups.LOOPBACK, setup))
                .isInstanceOf(SocketException.class)
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.BIND_DEVICE);
    }

    private void checkListening(Feature feature, ListenSetup setup) throws IOException {
        if (family.features().contains(feature)) {
            try (TcpListener tcp = family.listen(Setups.LOOPBACK, setup);
                    UdpListener udp = family.listenUdp(Setups.LOOPBACK, setup)) {
                assertThat(tcp.local().getPort()).isPositive();
                assertThat(udp.local().getPort()).isPositive();
            }
        } else {
            assertThatThrownBy(() -> family.listen(Setups.LOOPBACK, setup))
                    .isInstanceOf(SocketException.class)
                    .hasMessageEndingWith(feature.option());
        }
    }

    @Test
    void offloadIsTriedOnly() throws IOException {
        var setup = Setups.udp(
                SocketSettings.DEFAULT, new UdpSetup.Datagrams(100, new DatagramSettings(false, false, Offload.ON)));

        try (UdpPair pair = UdpPair.of(family, Setups.LOOPBACK, setup)) {
            if (!family.features().contains(Feature.OFFLOAD)) {
                assertThat(pair.client().hasOffload()).isFalse();
            }
            pair.client().send(Pair.direct("x"));
            assertThat(UdpPair.receive(pair.server())).isEqualTo("x");
        }
    }

    @Test
    void discardingCountsExactly() throws IOException {
        try (Pair pair = Pair.of(family)) {
            if (!family.features().contains(Feature.SKIP_RECEIVE_COPY)) {
                assertThatThrownBy(() -> pair.server().discard(10)).isInstanceOf(UnsupportedOperationException.class);
                return;
            }
            Pair.sendAll(pair.client(), ByteBuffer.allocateDirect(123_456));
            Pair.sendAll(pair.client(), Pair.direct("end"));

            int left = 123_456;
            while (left > 0) {
                left -= pair.server().discard(Math.min(left, 10_000));
            }
            ByteBuffer end = ByteBuffer.allocateDirect(3);
            Pair.receiveAll(pair.server(), end);

            assertThat(Pair.text(end.flip())).isEqualTo("end");
            assertThat(pair.server().discard(10)).isZero(); // a slice passed
            pair.client().close();
            assertThat(pair.server().discard(10)).isEqualTo(-1);
            assertThatIllegalArgumentException().isThrownBy(() -> pair.server().discard(0));
        }
    }

    @Test
    void aCoreIsForThoseWhoCanHaveOne() {
        if (!family.features().contains(Feature.AFFINITY)) {
            assertThatThrownBy(() -> family.bindToCore(0)).isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
