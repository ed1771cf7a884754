package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.socket.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Data connections of a test in the order in which the client opened them, which determines their
/// numbers and roles. Belongs to the session's thread; closes the connections that it holds.
public final class DataConnections implements AutoCloseable {
    private final TestConfig config;
    private final TestRole end;
    private final SessionContext context;
    private final StreamFactory factory;
    private final List<Connection> connections = new ArrayList<>();
    private final List<StreamInfo> infos = new ArrayList<>();

    /// @param fileName the file that this end reads or writes instead of generated data, or null
    public DataConnections(TestConfig config, TestRole end, @Nullable String fileName, SessionContext context) {
        this.config = config;
        this.end = end;
        this.context = context;
        factory = new StreamFactory(config, end, fileName, context);
    }

    /// Adds the next connection and takes ownership of it.
    public void add(Connection connection) {
        int index = connections.size();
        connections.add(connection);
        infos.add(new StreamInfo(
                id(index),
                context.labels().take(),
                role(index),
                AddressText.endpoint(connection.local()),
                AddressText.endpoint(connection.remote())));
    }

    /// Stream numbers of iperf are 1, 3, 4, 5 …: it skips 2 (iperf_add_stream), which compatibility
    /// preserves.
    private static int id(int index) {
        return index == 0 ? 1 : index + 2;
    }

    /// Role of a stream; in a bidirectional test the client's sending streams come first.
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

    public Connection first() {
        return connections.getFirst();
    }

    public List<StreamInfo> infos() {
        return List.copyOf(infos);
    }

    /// Creates the stream of every connection.
    ///
    /// @param reportsOver lowest round trip of the path if receivers of datagrams report how far they have read,
    ///     else null
    /// @throws IOException if there is no memory for a zero-copy payload
    /// @throws SessionFailure (error 14) if the file cannot be opened
    public List<OpenStream> open(TransferLimit limits, @Nullable Duration reportsOver)
            throws IOException, SessionFailure {
        var streams = new ArrayList<OpenStream>();
        for (int i = 0; i < connections.size(); i++) {
            streams.add(factory.open(infos.get(i), connections.get(i), limits, reportsOver));
        }
        return streams;
    }

    /// Closes the connections and releases the stream labels. The threads that used them must have ended.
    @Override
    public void close() {
        connections.forEach(Connection::close);
        infos.forEach(info -> context.labels().release(info.label()));
        connections.clear();
        infos.clear();
        factory.close();
    }
}
