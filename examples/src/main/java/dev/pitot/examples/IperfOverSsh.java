package dev.pitot.examples;

import dev.pitot.lab.measurement.CommandReport;
import dev.pitot.lab.measurement.IperfCommand;
import dev.pitot.lab.measurement.IperfRun;
import dev.pitot.lab.measurement.NodeHandle;
import dev.pitot.lab.measurement.OutputSink;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.ConnectionFactory;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.SecretReader;
import dev.pitot.lab.session.NodeConnector;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs an iperf3 client on another machine by ssh, shows each interval as it comes, and stops it
/// after some of them; no plan and no session are needed:
///
/// ```
/// IperfOverSsh HOST SERVER PORT INTERVALS [SSH_OPTION…]
/// ```
///
/// HOST is as `ssh` takes it, SERVER and PORT are those of an iperf3 server, an SSH_OPTION is one
/// of ssh's `-o`, such as `Port=2222`.
public final class IperfOverSsh {
    private static final int FIRST_OPTION = 4;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private IperfOverSsh() {}

    /// Runs the program.
    public static void main(String[] args) throws ConnectionException, InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws ConnectionException, InterruptedException {
        String host = args.getFirst();
        var node = new Node(
                "phone",
                OperatingSystem.LINUX,
                new ConnectionSettings.Ssh(host, null, 0, null, args.subList(FIRST_OPTION, args.size())),
                new Node.Traffic(host, null),
                Node.Tools.ANY,
                Node.Control.DEFAULT);
        List<String> words =
                List.of("iperf3", "-c", args.get(1), "-p", args.get(2), "-t", "60", "-i", "0.5", "--forceflush");
        var intervals = new CountDownLatch(Integer.parseInt(args.get(3)));
        OutputSink output = (_, _, _) -> new Printed(intervals, out);
        var connections = new ConnectionFactory(
                new SecretReader(_ -> null), Path.of(System.getProperty("user.home")), InstantSource.system());
        try (NodeConnection connection = NodeConnector.through(connections).connect(node);
                NodeHandle device = new NodeHandle(node, connection)) {
            IperfRun run = IperfCommand.client(words, TIMEOUT, output).start(device, "one client");
            CommandReport report = null;
            while (report == null && !intervals.await(100, TimeUnit.MILLISECONDS)) {
                report = run.await(Duration.ZERO); // it may fail before it has measured anything
            }
            run.stop();
            report = report == null ? run.await(TIMEOUT) : report;
            out.println(report == null ? "the node does not answer" : report.ending());
        }
    }

    /// Prints intervals as they come; raw lines are not kept.
    private record Printed(CountDownLatch intervals, PrintStream out) implements OutputSink.Recorder {
        @Override
        public void line(OutputLine line) {}

        @Override
        public void row(Row row) {
            if (row.kind() == Row.Kind.INTERVAL) {
                double megabits = row.amounts().bitsPerSecond().value() / 1e6;
                out.println(String.format(
                        Locale.ROOT, "%.1f to %.1f s: %.1f Mbit/s", row.startSeconds(), row.endSeconds(), megabits));
                intervals.countDown();
            }
        }

        @Override
        public void close() {}
    }
}
