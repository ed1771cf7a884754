package dev.pitot.engine.session;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestStart;
import dev.pitot.socket.Connection;
import dev.pitot.socket.TcpConnection;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results of a session so far, from which a report can be made at any time. Belongs to the session's
/// thread.
public final class ReportBuilder {
    private @Nullable TestStart start;
    private List<StreamInfo> streams = List.of();
    private @Nullable BufferSizes buffers;
    private @Nullable Summary summary;
    private @Nullable ServerOutput serverOutput;

    public void start(TestStart value) {
        start = value;
    }

    /// Records the data connections, which are complete, and announces them.
    public void streams(DataConnections data, EventDispatcher eventDispatcher) throws SessionFailure {
        streams = data.infos();
        try {
            buffers = data.first().buffers();
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
        warnOfLongDatagrams(buffers, eventDispatcher);
        noteMissingKernel(data.first(), eventDispatcher);
        eventDispatcher.announce(new TestEvent.StreamsConnected(streams, buffers));
    }

    /// As in iperf_udp.c: iperf_udp_buffercheck.
    private void warnOfLongDatagrams(BufferSizes actual, EventDispatcher eventDispatcher) {
        if (start == null || !start.config().protocol().isDatagram()) {
            return;
        }
        int block = start.config().streams().blockBytes();
        if (block > actual.sendBytes()) {
            warn("Block size " + block + " > sending socket buffer size " + actual.sendBytes(), eventDispatcher);
        }
        if (block > actual.receiveBytes()) {
            warn("Block size " + block + " > receiving socket buffer size " + actual.receiveBytes(), eventDispatcher);
        }
    }

    private void noteMissingKernel(Connection first, EventDispatcher eventDispatcher) {
        boolean isTcp = start != null
                && switch (start.config().protocol()) {
                    case TCP, MULTIPATH_TCP -> true;
                    case UDP, SCTP -> false;
                };
        if (isTcp && first instanceof TcpConnection tcp && tcp.info() == null) {
            String text = "TCP_INFO is not available (it needs Linux sockets): retransmits, round-trip times and"
                    + " windows are not known";
            eventDispatcher.announce(new TestEvent.Note(TestEvent.Level.VERBOSE, text));
        }
    }

    private static void warn(String text, EventDispatcher eventDispatcher) {
        eventDispatcher.announce(new TestEvent.Note(TestEvent.Level.WARNING, text));
    }

    public void summary(Summary value) {
        summary = value;
    }

    public void summaryIfNone(Summary value) {
        if (summary == null) {
            summary = value;
        }
    }

    public void serverOutput(@Nullable ServerOutput value) {
        serverOutput = value;
    }

    public TestReport report() {
        return new TestReport(start, streams, buffers, summary, serverOutput);
    }
}
