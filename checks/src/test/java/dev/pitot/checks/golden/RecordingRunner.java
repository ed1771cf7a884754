package dev.pitot.checks.golden;

import dev.pitot.checks.program.Program;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Golden;
import dev.pitot.testkit.Golden.End;
import dev.pitot.testkit.Golden.Form;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replays recorded tests with one program at both ends. Safe for any thread.
final class RecordingRunner {
    private static final Pattern SIGNAL = Pattern.compile("sig-(client|server)-([A-Z]+).*");
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration A_REPORT_AND_A_HALF = Duration.ofMillis(1_500); // of 1 s
    private static final Duration A_MOMENT = Duration.ofMillis(20);
    private static final int MAX_BUSY_SECONDS = 60;

    private final Program program;
    private final Workspace workspace;
    private final Arguments arguments;

    RecordingRunner(Program program, Workspace workspace) {
        this.program = program;
        this.workspace = workspace;
        arguments = new Arguments(workspace.folder());
    }

    /// Replays a recording, and waits for its end.
    ///
    /// @throws AssertionError if a program does not end, or does not start listening
    Played play(Golden recording) throws IOException, InterruptedException {
        Matcher signal = SIGNAL.matcher(recording.name());
        if (signal.matches()) {
            return playSignal(recording, signal.group(1).equals("client"), Signal.valueOf(signal.group(2)));
        }
        return switch (recording.name()) {
            case "err-busy" -> playBusy(recording);
            case "err-http-client" -> playHttpClient(recording);
            case "err-ssh-server" -> playSshServer(recording);
            case "err-server-port-in-use" -> playPortInUse(recording);
            default -> recording.server() == null ? playAlone(recording) : playBoth(recording, recording.server());
        };
    }

    private Played playBoth(Golden recording, End server) throws IOException, InterruptedException {
        try (ServerProcess serving = program.server(arguments.ofServer(server.command()))) {
            List<String> args = arguments.ofClient(recording.client().command(), serving.port());
            // Arguments rejected because of their length must keep it.
            List<String> fitting = recording.name().startsWith("err-") ? args : arguments.shortened(args);
            try (ChildProcess client = start(recording, fitting)) {
                return new Played(exit(client), ended(serving));
            }
        }
    }

    private Played playAlone(Golden recording) throws IOException, InterruptedException {
        try (ChildProcess client =
                start(recording, arguments.ofClient(recording.client().command(), FreePort.find()))) {
            return new Played(exit(client), null);
        }
    }

    private Played playSignal(Golden recording, boolean toClient, Signal signal)
            throws IOException, InterruptedException {
        try (ServerProcess serving = program.server(serverArguments(recording));
                ChildProcess client = start(recording, flushing(recording, serving.port()))) {
            awaitReports(recording, client, serving);
            ChildProcess doomed = toClient ? client : serving.process();
            doomed.send(signal);
            return new Played(exit(client), exit(serving.process()));
        }
    }

    /// Adds the flush option for iperf3, which would otherwise buffer its reports until its end. Pitot measures
    /// from the beginning, without an idle phase before.
    private List<String> flushing(Golden recording, int port) {
        List<String> args =
                new ArrayList<>(arguments.ofClient(recording.client().command(), port));
        args.add("--forceflush");
        if (program.isPitot()) {
            args.add("--no-idle-probe");
        }
        return args;
    }

    /// Waits until both ends have printed a report. JSON documents are printed at the end, so there the
    /// TCP connections for control and data are awaited, and then one and a half report intervals.
    private static void awaitReports(Golden recording, ChildProcess client, ServerProcess server)
            throws IOException, InterruptedException {
        if (recording.form() == Form.TXT) {
            client.awaitStdout("sec");
            server.process().awaitStdout("sec");
            return;
        }
        int connections = recording.client().command().contains(" -u") ? 1 : 2;
        while (Connections.to(server.port()) < connections && !client.hasEndedWithin(A_MOMENT)) {
            // The client is starting.
        }
        if (client.hasEndedWithin(A_REPORT_AND_A_HALF)) {
            throw new AssertionError("ended too early: " + client);
        }
    }

    /// On a slow machine the first test may end before the second client starts: then it is played again, for longer.
    private Played playBusy(Golden recording) throws IOException, InterruptedException {
        for (int seconds = 3; seconds < MAX_BUSY_SECONDS; seconds *= 3) {
            Played played = playBusy(recording, seconds);
            if (played != null) {
                return played;
            }
        }
        throw new AssertionError("the second client took longer to start than the first to measure");
    }

    /// A Pitot server with several slots is not busy with one test, so this one serves a single test.
    ///
    /// @return null if that test ended too early
    private @Nullable Played playBusy(Golden recording, int seconds) throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(serverArguments(recording));
        if (program.isPitot()) {
            args.add("-1");
        }
        List<String> busy = List.of("-t", Integer.toString(seconds), "-b", "10M", "--forceflush");
        try (ServerProcess serving = program.server(args);
                ChildProcess first = program.client(serving.port(), busy)) {
            first.awaitStdout("connected to");
            try (ChildProcess client =
                    start(recording, arguments.ofClient(recording.client().command(), serving.port()))) {
                Exit refused = exit(client);
                boolean isStillBusy = !first.hasEndedWithin(Duration.ZERO);
                exit(first);
                return isStillBusy ? new Played(refused, ended(serving)) : null;
            }
        }
    }

    private Played playHttpClient(Golden recording) throws IOException, InterruptedException {
        Script browser = Script.start()
                .send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "A".repeat(100) + "\r\n\r\n")
                .endSending()
                .takeAll();
        try (ServerProcess serving = program.server(serverArguments(recording));
                var _ = ScriptedPeer.client(serving.port(), browser)) {
            return new Played(null, ended(serving));
        }
    }

    private Played playSshServer(Golden recording) throws IOException, InterruptedException {
        Script banner =
                Script.start().send("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n").drain();
        try (ScriptedPeer server = ScriptedPeer.server(banner);
                ChildProcess client =
                        start(recording, arguments.ofClient(recording.client().command(), server.port()))) {
            return new Played(exit(client), null);
        }
    }

    private Played playPortInUse(Golden recording) throws IOException, InterruptedException {
        try (var occupant = new ServerSocket(0, 1, InetAddress.getByName("::"));
                ChildProcess server =
                        start(recording, arguments.ofClient(recording.client().command(), occupant.getLocalPort()))) {
            return new Played(exit(server), null);
        }
    }

    private List<String> serverArguments(Golden recording) {
        End server = recording.server();
        if (server == null) {
            throw new IllegalArgumentException("no server in " + recording);
        }
        return arguments.ofServer(server.command());
    }

    private ChildProcess start(Golden recording, List<String> args) throws IOException {
        String password = recording.name().equals("err-auth-wrong-password") ? "wrong" : "rossi";
        return ChildProcess.start(program.command(args), Map.of("IPERF3_PASSWORD", password));
    }

    private Exit exit(ChildProcess process) throws InterruptedException {
        Exit exit = process.awaitExit();
        return new Exit(exit.code(), workspace.relative(exit.stdout()), exit.stderr());
    }

    /// Interrupts a server that does not end by itself, as the recorder did.
    private Exit ended(ServerProcess server) throws IOException, InterruptedException {
        if (!server.process().hasEndedWithin(SOON)) {
            server.process().send(Signal.INT);
        }
        return exit(server.process());
    }

    /// Result of a replay.
    ///
    /// @param client null if the client was another program
    /// @param server null if there was none
    record Played(@Nullable Exit client, @Nullable Exit server) {}
}
