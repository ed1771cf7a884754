package dev.pitot.output.text;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.Lines;
import dev.pitot.output.format.IperfTime;

/// Prints the lines before the first data line: addresses and test parameters.
final class TestHeaderText {
    private static final String INDENT = "      ";

    private final boolean verbose;
    private final Lines out;

    TestHeaderText(boolean verbose, Lines out) {
        this.verbose = verbose;
        this.out = out;
    }

    /// Prints the two ends and, if verbose, the agreed parameters.
    void agreed(TestStart start) {
        if (verbose) {
            out.print("Time: " + IperfTime.gmt(start.time()));
        }
        switch (start.role()) {
            case CLIENT -> connecting(start);
            case SERVER ->
                out.print("Accepted connection from " + start.peer().host() + ", port "
                        + start.peer().port());
        }
        if (verbose) {
            details(start);
        }
    }

    void connected(StreamInfo stream) {
        out.print(DataLine.label(stream.label()) + " local " + stream.local().host() + " port "
                + stream.local().port() + " connected to " + stream.remote().host() + " port "
                + stream.remote().port());
    }

    /// Prints a description of the test; only if verbose.
    void started(TestConfig config) {
        if (verbose) {
            out.print("Starting Test: protocol: " + config.protocol().reportName() + ", "
                    + config.streams().parallel() + " streams, "
                    + config.streams().blockBytes()
                    + " byte blocks, omitting " + config.omit().toSeconds() + " seconds, " + limit(config.limit())
                    + ", tos " + config.streams().socket().tos());
        }
    }

    private void connecting(TestStart start) {
        String host = start.peer().host();
        out.print("Connecting to host " + host + ", port " + start.peer().port());
        if (start.config().direction() == Direction.REVERSE) {
            out.print("Reverse mode, remote host " + host + " is sending");
        }
    }

    private void details(TestStart start) {
        SocketSettings socket = start.config().streams().socket();
        out.print(INDENT + "Cookie: " + start.cookie());
        if (isTcp(start.config())) {
            out.print(INDENT + "TCP MSS: " + (socket.mss() > 0 ? socket.mss() : start.controlMss() + " (default)"));
        }
        long target = start.config().streams().pacing().target().bitsPerSecond();
        if (target > 0) {
            out.print(INDENT + "Target Bitrate: " + target);
        }
    }

    private static boolean isTcp(TestConfig config) {
        return config.protocol().reportName().equals(Protocol.TCP.reportName());
    }

    private static String limit(Limit limit) {
        return switch (limit) {
            case Limit.ForDuration(var length) -> length.toSeconds() + " second test";
            case Limit.ForBytes(long count) -> count + " bytes to send";
            case Limit.ForBlocks(long count) -> count + " blocks to send";
            case Limit.Endless _ -> "0 second test"; // iperf's text for -t 0
        };
    }
}
