package dev.pitot.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.SystemClock;
import dev.pitot.engine.interval.FakeStream;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalTest {
    private static final int WAIT_MILLIS = 100;

    private final SocketFamily sockets = SocketFamilies.best();
    private final SessionContext context = new SessionContext(
            sockets, SystemClock.INSTANCE, InstantSource.system(), new SecureRandom(), new StreamLabels());

    private static OpenStream stream(StreamRole role, TcpConnection connection) {
        var info = new StreamInfo(1, 5, role, new Endpoint("local", 1), new Endpoint("remote", 2));
        return new OpenStream(info, connection, new FakeStream(), null);
    }

    /// The rehearsal of datagrams is tested with the program (`RehearsedProgramTest`).
    @ParameterizedTest
    @EnumSource(Direction.class)
    void sendsNothingAndLeavesConnectionsOpen(Direction direction) throws IOException, SessionFailure {
        TestConfig test = TestConfig.builder()
                .protocol(Protocol.TCP)
                .direction(direction)
                .bitrate(new Bitrate(1000))
                .omit(Duration.ofSeconds(3))
                .build();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TcpListener listener = sockets.listen(address, ListenSetup.DEFAULT);
                TcpConnection near = sockets.connect(listener.local(), TcpSetup.CONTROL, () -> WAIT_MILLIS);
                TcpConnection far = listener.accept(() -> WAIT_MILLIS)) {
            List<OpenStream> streams = direction == Direction.BIDIRECTIONAL
                    ? List.of(stream(StreamRole.SENDER, near), stream(StreamRole.RECEIVER, near))
                    : List.of(stream(direction == Direction.FORWARD ? StreamRole.SENDER : StreamRole.RECEIVER, near));

            new Rehearsal(test, streams, context).run();

            ByteBuffer block = ByteBuffer.allocateDirect(2).put((byte) 'x').flip();
            assertThat(near.send(block)).isEqualTo(1);
            assertThat(far.receive(block.clear())).isEqualTo(1);
            assertThat(block.get(0)).isEqualTo((byte) 'x');
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("pitot-stream"));
        }
    }
}
