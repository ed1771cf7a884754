package dev.pitot.engine.session;

import dev.pitot.engine.stream.DataStream;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Payload;
import dev.pitot.engine.stream.TcpReceiver;
import dev.pitot.engine.stream.TcpSender;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The data connections of a test in the order in which the client opened them, which decides
/// their numbers and what each end does on them. Belongs to the session's thread; frees what it
/// holds.
public final class DataConnections implements AutoCloseable {
    /// What one `receive` takes at most: larger blocks would only cost memory.
    static final int MAX_RECEIVE_BYTES = 128 * 1024;

    private final TestConfig config;
    private final TestRole end;
    private final Surroundings surroundings;
    private final List<TcpConnection> connections = new ArrayList<>();
    private final List<StreamInfo> infos = new ArrayList<>();
    private @Nullable ZeroCopyBlock zeroCopy;

    public DataConnections(TestConfig config, TestRole end, Surroundings surroundings) {
        this.config = config;
        this.end = end;
        this.surroundings = surroundings;
    }

    /// Takes the next connection, which is owned from now on.
    public void add(TcpConnection connection) {
        int index = connections.size();
        connections.add(connection);
        infos.add(new StreamInfo(
                id(index),
                surroundings.labels().take(),
                role(index),
                AddressText.endpoint(connection.local()),
                AddressText.endpoint(connection.remote())));
    }

    /// iperf numbers streams 1, 3, 4, 5 …: 2 was skipped once and must be skipped for ever
    /// (iperf_add_stream).
    private static int id(int index) {
        return index == 0 ? 1 : index + 2;
    }

    /// In a bidirectional test the client's sending streams come first.
    private StreamRole role(int index) {
        boolean clientSends = switch (config.direction()) {
            case FORWARD -> true;
            case REVERSE -> false;
            case BIDIRECTIONAL -> index < config.streams().parallel();
        };
        return clientSends == (end == TestRole.CLIENT) ? StreamRole.SENDER : StreamRole.RECEIVER;
    }

    public boolean isComplete() {
        return connections.size() == config.streamCount();
    }

    public int count() {
        return connections.size();
    }

    public TcpConnection first() {
        return connections.getFirst();
    }

    public List<StreamInfo> infos() {
        return List.copyOf(infos);
    }

    /// Gives every connection its work.
    ///
    /// @throws IOException if there is no room for a zero-copy payload
    public List<OpenStream> open(LimitWatch limits) throws IOException {
        StreamSettings settings = config.streams();
        ByteBuffer payload = Payload.random(
                settings.blockBytes(),
                new SplittableRandom(surroundings.random().nextLong()));
        if (settings.zeroCopy()) {
            zeroCopy = surroundings.sockets().zeroCopyBlock(payload.duplicate());
        }
        var streams = new ArrayList<OpenStream>();
        for (int i = 0; i < connections.size(); i++) {
            TcpConnection connection = connections.get(i);
            DataStream stream = switch (infos.get(i).role()) {
                case SENDER ->
                    new TcpSender(
                            connection, settings, limits.quota(), surroundings.clock(), payload.duplicate(), zeroCopy);
                case RECEIVER ->
                    new TcpReceiver(
                            connection,
                            limits.goal(),
                            ByteBuffer.allocateDirect(Math.min(settings.blockBytes(), MAX_RECEIVE_BYTES)));
            };
            streams.add(new OpenStream(infos.get(i), connection, stream));
        }
        return streams;
    }

    /// Frees the connections and gives the numbers back. Threads that used them have left.
    @Override
    public void close() {
        connections.forEach(TcpConnection::close);
        infos.forEach(info -> surroundings.labels().release(info.label()));
        connections.clear();
        infos.clear();
        if (zeroCopy != null) {
            zeroCopy.close();
        }
    }
}
