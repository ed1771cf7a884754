package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketFamily.Feature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeepAliveTest {
    static Stream<SocketFamily> families() {
        return Families.ALL.stream();
    }

    private static TcpConnection connect(SocketFamily family, TcpListener listener, KeepAlive times)
            throws IOException {
        var setup = new TcpSetup(
                null,
                null,
                SocketSettings.DEFAULT,
                new TcpSetup.Liveness(Duration.ZERO, times),
                Pacing.NONE,
                Transport.TCP);
        return family.connect(listener.local(), setup, () -> WaitPolicy.MAX_SLICE_MILLIS);
    }

    @ParameterizedTest
    @MethodSource("families")
    void tellsTheTimesInForce(SocketFamily family) throws IOException {
        assumeTrue(family.features().contains(Feature.KEEP_ALIVE));
        var times = new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(3), 5);
        try (TcpListener listener = family.listen(loopback(), ListenSetup.DEFAULT);
                TcpConnection connection = connect(family, listener, times)) {
            assertThat(connection.keepAlive()).isEqualTo(times);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void tellsTheSystemsTimesWhereNoneWereAsked(SocketFamily family) throws IOException {
        assumeTrue(family.features().contains(Feature.KEEP_ALIVE));
        try (TcpListener listener = family.listen(loopback(), ListenSetup.DEFAULT);
                TcpConnection connection = connect(family, listener, KeepAlive.DEFAULT)) {
            assertThat(connection.keepAlive().idle()).isPositive();
            assertThat(connection.keepAlive().count()).isPositive();
        }
    }

    /// By default, Linux sends nine probes, 75 s apart (tcp(7)).
    @ParameterizedTest
    @MethodSource("families")
    void anIdleTimeThatTheSystemsProbesOutlastIsRefused(SocketFamily family) throws IOException {
        assumeTrue(family.features().contains(Feature.KEEP_ALIVE));
        var times = new KeepAlive(Duration.ofSeconds(1), Duration.ZERO, 0);
        try (TcpListener listener = family.listen(loopback(), ListenSetup.DEFAULT);
                TcpConnection connection = connect(family, listener, times)) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(connection::keepAlive)
                    .extracting(InvalidSettingException::error)
                    .isEqualTo(IperfError.KEEPALIVE);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    }
}
