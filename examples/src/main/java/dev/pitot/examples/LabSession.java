package dev.pitot.examples;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.PlanFolders;
import dev.pitot.lab.plan.PlanReader;
import dev.pitot.lab.remote.ConnectionFactory;
import dev.pitot.lab.remote.SecretReader;
import dev.pitot.lab.results.ResultsException;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import dev.pitot.lab.results.RunResult;
import dev.pitot.lab.results.Totals;
import dev.pitot.lab.session.NodeConnector;
import dev.pitot.lab.session.SessionEvent;
import dev.pitot.lab.session.SessionListener;
import dev.pitot.lab.session.SessionSetup;
import dev.pitot.lab.session.TestSession;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// Runs a plan of the lab, here between this machine and itself with its own iperf3:
///
/// ```
/// LabSession FOLDER
/// ```
///
/// All output of the programs is in FOLDER/session afterwards.
public final class LabSession {
    private static final String PLAN = """
            title: session
            lease: {wait: 100 s}
            nodes:
              desk: {connection: local, address: 127.0.0.1, engine: iperf3}
              phone: {connection: local, address: 127.0.0.1, engine: iperf3}
            traffic_pc: desk
            tests:
              - name: tcp
                options: {time: 1}
                thresholds: {bitrate: ">= 1M"}
            output: {folder: session}
            """;

    private LabSession() {}

    /// Runs the program.
    public static void main(String[] args) throws PlanException, ResultsException, InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws PlanException, ResultsException, InterruptedException {
        Path folder = Path.of(args.getFirst());
        Path home = Path.of(System.getProperty("user.home"));
        Plan plan = PlanReader.read("plan.yaml", PLAN, new PlanFolders(folder, home));
        InstantSource clock = InstantSource.system();
        // The plan has no passwords; they could come from files, or from variables with System::getenv.
        var secrets = new SecretReader(_ -> null);
        var connections = new ConnectionFactory(secrets, home, clock);
        var setup = new SessionSetup(
                plan,
                new PlanCopy("plan.yaml", PLAN),
                folder,
                NodeConnector.through(connections),
                clock,
                ZoneId.systemDefault());
        SessionListener progress = event -> {
            if (event instanceof SessionEvent.TestEnded ended) {
                out.println(ended.progress().done() + " of " + ended.progress().total() + " done");
            }
        };
        SessionEvent.Ended ended = new TestSession(setup, progress).run();
        for (RunResult test : ended.summary().runs()) {
            RoundedValue rate = Totals.of(test.measurements()).receivedBitsPerSecond();
            out.println(test.id().text() + ": " + test.verdict().kind()
                    + (rate == null ? "" : String.format(Locale.ROOT, ", %.1f Mbit/s", rate.value() / 1e6)));
        }
    }
}
