package dev.pitot.engine.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlConnectionTest {
    private static final WaitPolicy OVER = () -> {
        throw new SocketTimeoutException("the time is over");
    };

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    private static TcpConnection connect(SocketFamily family, ServerSocket listener) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        return family.connect(address, TcpSetup.CONTROL, () -> WaitPolicy.MAX_SLICE_MILLIS);
    }

    /// A thread may stand still between the start of its timeout and the first byte: the peer must not take the
    /// end of a test for a lost connection.
    @ParameterizedTest
    @MethodSource("families")
    void whatFitsIsSentThoughTheTimeIsOver(SocketFamily family) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpConnection connection = connect(family, listener);
                Socket peer = listener.accept()) {
            ControlConnection.sendAll(connection, "done".getBytes(UTF_8), OVER);

            assertThat(peer.getInputStream().readNBytes(4)).isEqualTo("done".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aPeerThatDoesNotReadIsGivenUp(SocketFamily family) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpConnection connection = connect(family, listener);
                Socket _ = listener.accept()) {
            byte[] plenty = new byte[64 << 20];

            assertThatThrownBy(() -> ControlConnection.sendAll(connection, plenty, OVER))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("the time is over");
        }
    }
}
