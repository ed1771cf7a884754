package dev.pitot.output.json;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.ProgramInfo;
import dev.pitot.output.format.IperfTime;
import java.util.List;

/// The object `start`, as far as its values are known when a test ends or when data transfer
/// starts.
///
/// iperf 3.21 servers write `target_bitrate` twice when a rate is set; here it is written once, in
/// its usual position.
final class StartJson {
    private static final double NANOS_PER_SECOND = 1e9;

    private final CjsonWriter out;

    private StartJson(CjsonWriter out) {
        this.out = out;
    }

    static void write(CjsonWriter out, ProgramInfo program, TestProgress progress) {
        new StartJson(out).write(program, progress);
    }

    private void write(ProgramInfo program, TestProgress progress) {
        out.beginObject();
        writeConnected(progress.streams());
        out.member("version", program.version()).member("system_info", program.systemInfo());
        TestStart start = progress.start();
        if (start != null) {
            boolean isTcp = isTcp(start.config());
            // A TCP server knows its buffer sizes when it listens for streams; in all other cases
            // they are known once the streams are connected.
            boolean isKnownEarly = isTcp && start.role() == TestRole.SERVER;
            if (isKnownEarly) {
                writeBuffers(start, progress);
            }
            writeAgreed(start);
            // iperf 3.21 does not report buffer sizes for SCTP (iperf_sctp.c)
            if (!isKnownEarly && (isTcp || progress.isOfDatagrams())) {
                writeBuffers(start, progress);
            }
            if (progress.hasStarted()) {
                writeTestStart(start);
            }
        }
        out.endObject();
    }

    private void writeConnected(List<StreamInfo> streams) {
        out.name("connected").beginArray();
        for (StreamInfo stream : streams) {
            out.beginObject()
                    .member("socket", stream.label())
                    .member("local_host", stream.local().host())
                    .member("local_port", stream.local().port())
                    .member("remote_host", stream.remote().host())
                    .member("remote_port", stream.remote().port())
                    .endObject();
        }
        out.endArray();
    }

    private void writeAgreed(TestStart start) {
        out.name("timestamp")
                .beginObject()
                .member("time", IperfTime.gmt(start.time()))
                .member("timesecs", start.time().getEpochSecond())
                .member("timemillisecs", start.time().toEpochMilli())
                .endObject();
        out.name(start.role() == TestRole.CLIENT ? "connecting_to" : "accepted_connection")
                .beginObject()
                .member("host", start.peer().host())
                .member("port", start.peer().port())
                .endObject();
        out.member("cookie", start.cookie());
        int mss = start.config().streams().socket().mss();
        if (isTcp(start.config())) {
            out.member(mss > 0 ? "tcp_mss" : "tcp_mss_default", mss > 0 ? mss : start.controlMss());
        }
        Pacing pacing = start.config().streams().pacing();
        out.member("target_bitrate", pacing.target().bitsPerSecond());
        out.member("fq_rate", pacing.fairQueueRate().bitsPerSecond());
    }

    private static boolean isTcp(TestConfig config) {
        return config.protocol().reportName().equals(Protocol.TCP.reportName());
    }

    private void writeBuffers(TestStart start, TestProgress progress) {
        BufferSizes buffers = progress.buffers();
        if (buffers != null) {
            out.member("sock_bufsize", start.config().streams().socket().windowBytes())
                    .member("sndbuf_actual", buffers.sendBytes())
                    .member("rcvbuf_actual", buffers.receiveBytes());
        }
    }

    private void writeTestStart(TestStart start) {
        TestConfig config = start.config();
        Pacing pacing = config.streams().pacing();
        int offload = config.protocol().isDatagram() && config.streams().usesOffload() ? 1 : 0;
        out.name("test_start")
                .beginObject()
                .member("protocol", config.protocol().reportName())
                .member("num_streams", config.streams().parallel())
                .member("blksize", config.streams().blockBytes())
                .member("omit", config.omit().toSeconds());
        writeLimit(config.limit());
        out.member("reverse", config.direction() == Direction.REVERSE ? 1 : 0)
                .member("tos", config.streams().socket().tos())
                .member("target_bitrate", pacing.target().bitsPerSecond())
                .member("bidir", config.direction() == Direction.BIDIRECTIONAL ? 1 : 0)
                .member("fqrate", pacing.fairQueueRate().bitsPerSecond())
                .member("interval", start.setup().interval().length().toNanos() / NANOS_PER_SECOND)
                .member("gso", offload)
                .member("gro", offload)
                .endObject();
    }

    // Three keys for one limit: the two that do not apply are 0; for an endless test all three are
    // 0.
    private void writeLimit(Limit limit) {
        long seconds = limit instanceof Limit.ForDuration(var length) ? length.toSeconds() : 0;
        long bytes = limit instanceof Limit.ForBytes(long count) ? count : 0;
        long blocks = limit instanceof Limit.ForBlocks(long count) ? count : 0;
        out.member("duration", seconds).member("bytes", bytes).member("blocks", blocks);
    }
}
