package dev.pitot.engine.session;

import dev.pitot.engine.stream.DataStream;
import dev.pitot.engine.stream.DatagramWindow;
import dev.pitot.engine.stream.DiskFile;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Payload;
import dev.pitot.engine.stream.ReadReporter;
import dev.pitot.engine.stream.SendQuota;
import dev.pitot.engine.stream.TcpReceiver;
import dev.pitot.engine.stream.TcpSender;
import dev.pitot.engine.stream.UdpReceiver;
import dev.pitot.engine.stream.UdpSender;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.TestRole;
import dev.pitot.socket.Connection;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.ZeroCopyBlock;
import dev.pitot.wire.datagram.DatagramHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Creates the streams of one test for its connections. Belongs to the session's thread; releases what it
/// holds.
final class StreamFactory implements AutoCloseable {
    /// Payload that one call may send with `-Z`: longer calls saved nothing more in measurements.
    private static final int ZERO_COPY_BYTES = 512 * 1024;

    /// Maximum size of one `receive` or of one read of a file: larger blocks would only cost memory.
    private static final int MAX_PIECE_BYTES = 128 * 1024;

    /// Maximum amount that the kernel segments or coalesces in one call: an IP packet's worth
    /// (net/ipv4/udp.c), and no more than 128 datagrams (linux/udp.h: UDP_MAX_SEGMENTS, as in iperf
    /// 3.21).
    private static final int MAX_OFFLOAD_BYTES = 65_507;

    private static final int MAX_OFFLOAD_DATAGRAMS = 128;

    private final TestConfig config;
    private final TestRole end;
    private final @Nullable String fileName;
    private final SessionContext context;
    private @Nullable ByteBuffer payload;
    private @Nullable ZeroCopyBlock zeroCopy;
    private final List<DiskFile> files = new ArrayList<>();

    /// @param fileName the file that this end reads or writes instead of generated data, or null
    StreamFactory(TestConfig config, TestRole end, @Nullable String fileName, SessionContext context) {
        this.config = config;
        this.end = end;
        this.fileName = fileName;
        this.context = context;
    }

    /// Creates the stream of a connection.
    ///
    /// @param reportsOver lowest round trip of the path if receivers of datagrams report how far they have read,
    ///     else null
    /// @throws IOException if there is no memory for a zero-copy payload
    OpenStream open(StreamInfo info, Connection connection, TransferLimit limits, @Nullable Duration reportsOver)
            throws IOException, SessionFailure {
        DiskFile file = null;
        if (fileName != null) {
            if (config.direction() == Direction.BIDIRECTIONAL) {
                throw SessionFailure.of(IperfError.FILE, "a test in both directions would read and write it at once");
            }
            file = openFile(fileName, info);
            files.add(file);
        }
        DataStream stream = switch (connection) {
            case UdpConnection udp -> datagrams(info, udp, limits, reportsOver);
            case TcpConnection tcp -> bytes(info, tcp, limits, file);
        };
        return new OpenStream(info, connection, stream, file);
    }

    /// Opens the file of a stream. Each receiving stream has its own file: the first writes to the given
    /// name, others to that name with their number appended.
    private static DiskFile openFile(String name, StreamInfo info) throws SessionFailure {
        try {
            if (info.role().isSender()) {
                return DiskFile.toRead(name);
            }
            return DiskFile.toWrite(info.id() == 1 ? name : name + "." + info.id());
        } catch (NoSuchFileException e) { // its message is the name alone
            throw SessionFailure.of(IperfError.FILE, "No such file or directory", e);
        } catch (IOException e) {
            throw SessionFailure.of(IperfError.FILE, String.valueOf(e.getMessage()), e);
        }
    }

    private DataStream datagrams(
            StreamInfo info, UdpConnection connection, TransferLimit limits, @Nullable Duration reportsOver)
            throws IOException {
        StreamSettings settings = config.streams();
        int datagram = settings.blockBytes();
        int together = connection.hasOffload()
                ? datagram * Math.clamp(MAX_OFFLOAD_BYTES / datagram, 1, MAX_OFFLOAD_DATAGRAMS)
                : datagram;
        if (!info.role().isSender()) {
            boolean onlyHeaders = settings.payload().skipReceiveCopy() && !connection.hasOffload();
            int room = onlyHeaders
                    ? DatagramHeader.bytes(settings.datagrams().wideCounters())
                    : Math.max(together, connection.hasOffload() ? MAX_OFFLOAD_BYTES : 0);
            ReadReporter reporter = reportsOver == null ? null : new ReadReporter(connection, datagram);
            return new UdpReceiver(
                    connection, settings, limits.target(), context.clock(), Payload.block(room), reporter);
        }
        // headers are written into it, so each stream has a copy
        ByteBuffer block = Payload.block(together);
        while (block.hasRemaining()) {
            block.put(payload().duplicate());
        }
        DatagramWindow window =
                reportsOver == null ? null : new DatagramWindow(connection, reportsOver, context.clock());
        var amount = amount(limits, end == TestRole.SERVER);
        return new UdpSender(connection, settings, amount, context.clock(), block.flip(), window);
    }

    private DataStream bytes(StreamInfo info, TcpConnection connection, TransferLimit limits, @Nullable DiskFile file)
            throws IOException {
        StreamSettings settings = config.streams();
        if (info.role().isSender()) {
            ByteBuffer block = file == null ? payload().duplicate() : Payload.block(pieceBytes());
            var source = new TcpSender.Source(file == null ? zeroCopy() : null, file);
            // only a client ends a test; an iperf3 client may expect more than it has requested
            boolean goesOn = end == TestRole.SERVER && !limits.isExact() && file == null;
            return new TcpSender(connection, settings, amount(limits, goesOn), context.clock(), block, source);
        }
        boolean canSkip = config.protocol() != Protocol.SCTP; // SCTP in the kernel does not support it
        if (settings.payload().skipReceiveCopy() && canSkip && file == null) {
            return TcpReceiver.discarding(connection, limits.target(), context.clock(), mayBatch());
        }
        ByteBuffer block = Payload.block(pieceBytes());
        return file == null
                ? TcpReceiver.into(block, connection, limits.target(), context.clock(), mayBatch())
                : TcpReceiver.into(file, block, connection, limits.target(), context.clock());
    }

    /// Whether the receiver may wait for more than one byte: only that of a single stream, because others
    /// wait for a processor anyway; not where the test ends with a certain byte, and not where a window was
    /// asked for, of which unread bytes would take a part.
    private boolean mayBatch() {
        return config.streams().parallel() == 1
                && config.direction() != Direction.BIDIRECTIONAL
                && config.protocol() == Protocol.TCP
                && config.streams().socket().windowBytes() == 0
                && TransferLimit.limitBytes(config) == null;
    }

    /// A client counts from the end of its own warm-up, which is a little later than the server's: a server that
    /// stopped after the agreed amount would have sent a part of it too early, and the client would wait for that.
    /// So with a warm-up it sends until the client ends the test, as iperf3 servers do.
    private TcpSender.Amount amount(TransferLimit limits, boolean goesOn) {
        boolean isUnlimited = end == TestRole.SERVER && !config.omit().isZero();
        SendQuota quota = isUnlimited ? new SendQuota() : limits.quota();
        return new TcpSender.Amount(quota, goesOn ? TcpSender.AtLimit.GO_ON : TcpSender.AtLimit.STOP);
    }

    /// Size of the buffer of a byte stream.
    private int pieceBytes() {
        return Math.min(config.streams().blockBytes(), MAX_PIECE_BYTES);
    }

    private ByteBuffer payload() {
        if (payload == null) {
            int bytes = config.streams().blockBytes();
            payload = config.streams().payload().repeating()
                    ? Payload.repeating(bytes)
                    : Payload.random(
                            bytes, new SplittableRandom(context.random().nextLong()));
        }
        return payload;
    }

    private @Nullable ZeroCopyBlock zeroCopy() throws IOException {
        if (zeroCopy == null && config.streams().payload().zeroCopy()) {
            int blocks = Math.ceilDiv(ZERO_COPY_BYTES, payload().remaining());
            ByteBuffer content = Payload.block(blocks * payload().remaining());
            while (content.hasRemaining()) {
                content.put(payload().duplicate());
            }
            zeroCopy = context.sockets().zeroCopyBlock(content.flip());
        }
        return zeroCopy;
    }

    @Override
    public void close() {
        files.forEach(DiskFile::close);
        if (zeroCopy != null) {
            zeroCopy.close();
        }
    }
}
