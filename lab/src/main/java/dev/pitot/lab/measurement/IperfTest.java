package dev.pitot.lab.measurement;

import dev.pitot.lab.measurement.IperfCommand.Role;
import dev.pitot.lab.measurement.TestOutcome.Failure;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.process.ProcessTag;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.lab.tool.ClientTarget;
import dev.pitot.lab.tool.Engine;
import dev.pitot.lab.tool.InstalledTool;
import dev.pitot.lab.tool.ServerAddress;
import dev.pitot.lab.tool.TestSettings;
import dev.pitot.lab.tool.ToolCommand;
import dev.pitot.lab.tool.ToolSelection;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A test on two nodes: the server is started and confirmed to be ready, the
/// client runs, both ends' output is kept, and the server is gone at the end, whatever happened.
///
/// The client is the sender, unless the options turn it round (`-R`): then the client receives,
/// and so it runs on the receiving node. Runs once, on one thread; any thread may stop it.
public final class IperfTest {
    private static final Duration QUIET = Duration.ofMillis(500); // beyond an interval: lines come late
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofMillis(500); // of a server whose client did not measure
    private static final int ENDING_COMMANDS = 4; // that it takes at most to end a program
    private static final int MOST_REPORTS = 10; // timeouts for a server that never ceases to write
    private static final int PORT_STEP = 100; // more than tests that run at once on one machine
    private static final int PORTS_TRIED = 10;
    private static final int IPERF3_PORT = 5201; // iperf.h: PORT
    private static final int IPERF2_PORT = 5001; // iperf 2: DEFAULT_PORT

    private final TestSettings settings;
    private final TestContext around;
    private final NanoClock clock = new MachineClock();
    private final StopRequest stopping = new StopRequest();
    private final List<Cause> causes = new ArrayList<>();

    public IperfTest(TestSettings settings, TestContext around) {
        this.settings = settings;
        this.around = around;
    }

    /// One end of the connection.
    private record End(NodeHandle device, OutputSink output) {
        NodeTimeouts timeouts() {
            return device.node().control().timeouts();
        }
    }

    /// Both ends with what carries them out; no server where a person runs it.
    private record EndPair(
            End client,
            Engine measuring,
            End server,
            @Nullable Engine serving) {}

    private record Reports(
            @Nullable EngineKind engine,
            @Nullable CommandReport client,
            @Nullable CommandReport server) {
        static final Reports NONE = new Reports(null, null, null);
    }

    /// A failure, and when it happened.
    private record Cause(long nanos, Failure failure) {}

    /// Runs the test.
    ///
    /// @param ofSender gets the output of the sending end
    /// @param ofReceiver gets the output of the receiving end
    /// @throws InterruptedException if this thread was interrupted; both programs are ended then
    public TestOutcome run(NodeHandle sender, NodeHandle receiver, OutputSink ofSender, OutputSink ofReceiver)
            throws InterruptedException {
        boolean isReverse = settings.config().test().direction() == Direction.REVERSE;
        var sending = new End(sender, ofSender);
        var receiving = new End(receiver, ofReceiver);
        Reports reports = isReverse ? run(receiving, sending) : run(sending, receiving);
        CommandReport ofClient = reports.client();
        CommandReport ofServer = reports.server();
        CommandReport sent = isReverse ? ofServer : ofClient;
        CommandReport received = isReverse ? ofClient : ofServer;
        if (causes.isEmpty()) {
            add(FailureMessages.ofFigures(sent, received));
        }
        return new TestOutcome(reports.engine(), sent, received, firstCause());
    }

    /// What happened first is the reason; the rest is for the log. What fails after a stop fails of
    /// the stop, such as a client whose server is gone.
    private @Nullable Failure firstCause() {
        long now = clock.nanoTime();
        causes.sort(Comparator.comparingLong(cause -> cause.nanos() - now));
        Failure first = null;
        for (Cause cause : causes) {
            if (first != null) {
                around.log().accept("later: " + cause.failure().reason());
            } else {
                first = stopping.wasAskedBefore(cause.nanos()) ? Failure.stopped() : cause.failure();
            }
        }
        return first;
    }

    private void add(@Nullable Failure failure) {
        add(failure, clock.nanoTime());
    }

    private void add(@Nullable Failure failure, long nanos) {
        if (failure != null) {
            causes.add(new Cause(nanos, failure));
        }
    }

    private Reports run(End client, End server) throws InterruptedException {
        try {
            String address = server.device().address();
            EndPair ends = ends(client, server);
            if (stopping.isAsked()) {
                add(Failure.stopped());
                return Reports.NONE;
            }
            return run(ends, address);
        } catch (ConnectionException | IllegalArgumentException e) { // such as an engine that cannot run such a test
            add(Failure.of(String.valueOf(e.getMessage())));
            return Reports.NONE;
        }
    }

    private Reports run(EndPair ends, String address) throws ConnectionException, InterruptedException {
        EngineKind engine = ends.measuring().program().kind();
        Engine serving = ends.serving();
        int port = port(engine, ends.server().device().node().connectionSettings());
        if (serving != null) {
            ToolCommand anywhere = serving.server(settings, new ServerAddress(address, port));
            port = freePort(ends.server().device(), anywhere.readiness(), port);
        }
        IperfRun client = clientRun(
                ends, new ClientTarget(address, port, own(ends.client().device(), address)));
        if (serving == null) {
            CommandReport ofClient = client.execute();
            judge(ends, ofClient, null);
            return new Reports(engine, ofClient, null);
        }
        ToolCommand tool = serving.server(settings, new ServerAddress(address, port));
        boolean isDetached = settings.iperf2().daemon() && serving.program().kind() == EngineKind.IPERF2;
        var command = new IperfCommand(tool, null, isDetached, ends.server().output(), Role.SERVER);
        IperfRun server = run(command, ends.server().device());
        server.start();
        CommandReport ofClient = null;
        try {
            if (isReady(ends.server(), server, port) && mayStart()) {
                ofClient = client.execute();
            }
        } finally {
            if (ofClient == null) {
                server.stop();
                server.await(ending(ends.server())); // also if interrupted, which has cleared the flag
            }
        }
        boolean hasMeasured = ofClient != null && failure(ends, ofClient) == null;
        CommandReport ofServer = lastOf(server, command, ends.server(), hasMeasured);
        if (ofClient != null) {
            judge(ends, ofClient, ofServer);
        }
        return new Reports(engine, ofClient, ofServer);
    }

    private EndPair ends(End client, End server) throws ConnectionException, InterruptedException {
        if (server.device().isManual()) {
            return new EndPair(client, Engine.of(alone(client.device())), server, null);
        }
        ToolSelection choice = ToolSelection.of(choosable(client), choosable(server), around.engine());
        return new EndPair(client, Engine.of(choice.client()), server, Engine.of(choice.server()));
    }

    private static ToolSelection.End choosable(End end) throws ConnectionException, InterruptedException {
        return new ToolSelection.End(end.device().node(), end.device().programs());
    }

    /// What a person has started at the other end is not known: it is what is wanted or preferred
    /// here.
    private InstalledTool alone(NodeHandle client) throws ConnectionException, InterruptedException {
        EngineKind wanted = around.engine();
        EngineKind kind = wanted == null ? client.node().programs().preferred() : wanted;
        return client.programs().all().stream()
                .filter(program -> kind == null || program.kind() == kind)
                .min(Comparator.comparing(InstalledTool::kind))
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + client.node().name() + "' has no "
                                + (kind == null ? "program that measures" : kind.program()) + ": install it there"));
    }

    private IperfRun clientRun(EndPair ends, ClientTarget target) {
        Duration deadline = around.deadline() == null ? settings.deadline() : around.deadline();
        ToolCommand tool = ends.measuring().client(settings, target);
        var command = new IperfCommand(tool, deadline, false, ends.client().output(), Role.CLIENT);
        return run(command, ends.client().device());
    }

    private IperfRun run(IperfCommand command, NodeHandle device) {
        around.log().accept(device + ": " + String.join(" ", command.tool().words()));
        String role = command.role().name().toLowerCase(Locale.ROOT);
        IperfRun run = command.on(
                device, new ProcessTag(around.session(), device.node().name(), role), "");
        stopping.add(run);
        return run;
    }

    private boolean mayStart() throws InterruptedException {
        String obstacle = around.beforeClient().run();
        if (stopping.isAsked()) {
            add(Failure.stopped());
        } else if (obstacle != null) {
            add(Failure.of(obstacle));
        }
        return obstacle == null && !stopping.isAsked();
    }

    /// Where the client's traffic comes from: its test address, if it is of the server's family.
    private static @Nullable String own(NodeHandle client, String server)
            throws ConnectionException, InterruptedException {
        String address = client.address();
        return address.contains(":") == server.contains(":") ? address : null;
    }

    /// A person's server does not know which tests run at once.
    private int port(EngineKind engine, ConnectionSettings server) {
        if (server instanceof ConnectionSettings.Manual(int port) && port != 0) {
            return port;
        }
        int usual = switch (engine) {
            case PITOT, IPERF3 -> IPERF3_PORT;
            case IPERF2 -> IPERF2_PORT;
        };
        return server instanceof ConnectionSettings.Manual ? usual : usual + around.portOffset();
    }

    /// A port of the server's node that nothing listens at: the given one if it can be.
    private int freePort(NodeHandle device, Protocol protocol, int first)
            throws ConnectionException, InterruptedException {
        OsAdapter adapter = OsAdapter.of(device.node().system());
        for (int port = first; port < first + PORTS_TRIED * PORT_STEP; port += PORT_STEP) {
            Boolean isTaken = device.commands().query(adapter.listens(protocol, port));
            if (!Boolean.TRUE.equals(isTaken)) {
                return port;
            }
            around.log()
                    .accept("port " + port + " of " + device + " is somebody else's: the next is "
                            + (port + PORT_STEP));
        }
        return first; // the server reports that it is taken
    }

    private boolean isReady(End end, IperfRun server, int port) throws InterruptedException {
        Duration ready = end.timeouts().ready();
        try {
            switch (server.awaitReady(port, ready)) {
                case REPORTED, SEEN -> {}
                case UNKNOWN ->
                    around.log().accept(end.device() + " does not show its ports: the client starts without a look");
                case ENDED -> {
                    CommandReport report = server.await(ending(end));
                    long nanos = report == null ? clock.nanoTime() : report.failedNanos();
                    add(FailureMessages.ofServer(end.device(), report), nanos);
                    return false;
                }
                case LATE -> {
                    add(Failure.of("the server on " + end.device() + " did not listen at port " + port + " within "
                            + FailureMessages.seconds(ready) + " s: look at its output"));
                    return false;
                }
            }
            return true;
        } catch (ConnectionException e) {
            add(Failure.of(String.valueOf(e.getMessage())));
            return false;
        }
    }

    /// The longest that it takes to end a program and to have its output.
    private static Duration ending(End end) {
        NodeTimeouts timeouts = end.timeouts();
        return timeouts.command()
                .multipliedBy(ENDING_COMMANDS)
                .plus(timeouts.end())
                .plus(timeouts.fetch().multipliedBy(IperfRun.MOST_WAITS));
    }

    /// Waits for the server's report as long as lines arrive, then ends it. One that does not end
    /// by itself, and has no word for the end of a test, is over when it has not written anything
    /// for longer than an interval. A detached one is not read before its end.
    private @Nullable CommandReport lastOf(IperfRun server, IperfCommand command, End end, boolean hasMeasured)
            throws InterruptedException {
        Duration timeout = hasMeasured ? end.timeouts().report() : LAST_WORDS;
        Duration quiet = settings.config().interval().length().plus(QUIET);
        long began = clock.nanoTime();
        CommandReport report = server.await(Duration.ZERO);
        while (report == null) {
            long waited = clock.nanoTime() - began;
            boolean isLate = waited > timeout.toNanos() && !(hasMeasured && server.hasWrittenWithin(timeout));
            boolean isQuiet = waited > quiet.toNanos() && !server.hasWrittenWithin(quiet);
            boolean hasTold = !command.tool().endsAfterOneTest()
                    && (server.hasReportedEnd() || (isQuiet && (command.isDetached() || server.hasWritten())));
            if (hasTold || isLate || waited / MOST_REPORTS > timeout.toNanos() || stopping.isAsked()) {
                server.stop();
                return server.await(ending(end));
            }
            report = server.await(SLICE);
        }
        server.stop();
        return report;
    }

    private @Nullable Failure failure(EndPair ends, CommandReport client) {
        return FailureMessages.ofClient(
                ends.measuring().program(), ends.client().device(), client);
    }

    private void judge(EndPair ends, CommandReport client, @Nullable CommandReport server) {
        Failure failure = failure(ends, client);
        add(failure, client.failedNanos());
        if (server == null) {
            return;
        }
        long nanos = server.failedNanos();
        if (failure != null) {
            add(FailureMessages.ofBrokenServer(ends.server().device(), server), nanos);
            return;
        }
        add(FailureMessages.ofServerAfterwards(ends.server().device(), server), nanos);
        if (ends.measuring().program().kind() == EngineKind.IPERF2) {
            add(
                    FailureMessages.ofForeignProcesses(
                            server, settings.config().test().streamCount()),
                    nanos);
        }
    }

    /// Ends the test: both programs are asked to end, and what they have measured is kept.
    public void stop() {
        stopping.stop(false, clock.nanoTime());
    }

    /// Ends the test at once: both programs are killed.
    public void kill() {
        stopping.stop(true, clock.nanoTime());
    }
}
