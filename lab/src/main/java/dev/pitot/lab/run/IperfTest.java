package dev.pitot.lab.run;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.engine.ClientTarget;
import dev.pitot.lab.engine.Engine;
import dev.pitot.lab.engine.Program;
import dev.pitot.lab.engine.ServerPlace;
import dev.pitot.lab.engine.TestSettings;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.AnyOutput;
import dev.pitot.lab.process.Leftovers;
import dev.pitot.lab.process.Mark;
import dev.pitot.lab.run.IperfCommand.Role;
import dev.pitot.lab.run.TestOutcome.Failure;
import dev.pitot.lab.system.SystemRules;
import dev.pitot.model.config.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A test on two nodes: leftovers are ended, the server is started and confirmed to be ready, the
/// client runs, both ends' output is kept, and the server is gone at the end, whatever happened.
///
/// The client is the sender, unless the options turn it round (`-R`): then the client receives,
/// and so it runs on the receiving node. Runs once, on one thread; any thread may stop it.
public final class IperfTest {
    private static final Duration READY = Duration.ofSeconds(15); // a Java program on a slow device included
    private static final Duration LAST_REPORT = Duration.ofSeconds(5); // a server's, after its client's end
    private static final Duration QUIET = Duration.ofMillis(500); // beyond an interval: lines come late
    private static final Duration ENDING = Duration.ofSeconds(30); // bounded inside: the longest that a node may take
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofMillis(500); // of a server whose client did not measure
    private static final int PORT_STEP = 100; // more than tests that run at once on one machine
    private static final int PORTS_TRIED = 10;
    private static final int IPERF3_PORT = 5201; // iperf.h: PORT
    private static final int IPERF2_PORT = 5001; // iperf 2: DEFAULT_PORT

    private final TestSettings settings;
    private final Circumstances around;
    private final Duration ready;
    private final Stopping stopping = new Stopping();

    public IperfTest(TestSettings settings, Circumstances around) {
        this(settings, around, READY);
    }

    /// @param ready how long a server may take until it listens
    IperfTest(TestSettings settings, Circumstances around, Duration ready) {
        this.settings = settings;
        this.around = around;
        this.ready = ready;
    }

    /// Where the output of both ends goes.
    public record Outputs(CommandOutput sender, CommandOutput receiver) {}

    /// The nodes by their part in the connection.
    private record Ends(Device client, Device server, CommandOutput ofClient, CommandOutput ofServer) {}

    /// Runs the test.
    ///
    /// @throws InterruptedException if this thread was interrupted; both programs are ended then
    public TestOutcome run(Device sender, Device receiver, Outputs outputs) throws InterruptedException {
        boolean isReverse = settings.config().test().direction() == Direction.REVERSE;
        Ends ends = isReverse
                ? new Ends(receiver, sender, outputs.receiver(), outputs.sender())
                : new Ends(sender, receiver, outputs.sender(), outputs.receiver());
        Both both = run(ends);
        EngineKind kind = both.engine() == null ? null : both.engine().program().kind();
        // Whatever a test fails of that was told to end, such as a client whose server is gone.
        Failure failure = both.failure() == null || !stopping.isAsked() ? both.failure() : Failure.stopped();
        return isReverse
                ? new TestOutcome(kind, both.server(), both.client(), failure)
                : new TestOutcome(kind, both.client(), both.server(), failure);
    }

    /// What became of the ends by their part in the connection.
    private record Both(
            @Nullable Engine engine,
            @Nullable CommandReport client,
            @Nullable CommandReport server,
            @Nullable Failure failure) {
        static Both failed(Failure failure) {
            return new Both(null, null, null, failure);
        }
    }

    private Both run(Ends ends) throws InterruptedException {
        try {
            String address = ends.server().address();
            Engines engines = Engines.between(ends.client(), ends.server(), around.engine());
            endLeftovers(ends.client());
            endLeftovers(ends.server());
            if (stopping.isAsked()) {
                return Both.failed(Failure.stopped());
            }
            Engine serving = engines.server();
            int port = freePort(
                    ends.server(),
                    serving,
                    port(engines.client(), ends.server().node().door()));
            IperfRun client =
                    client(ends, engines.client(), new ClientTarget(address, port, own(ends.client(), address)));
            if (serving == null) {
                return judged(engines.client(), client.carryOut(), null, null);
            }
            IperfRun server = server(ends, serving, new ServerPlace(address, port));
            server.start();
            return run(ends, engines, client, server, port);
        } catch (ConnectionException e) {
            return Both.failed(Failure.of(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) { // an engine that cannot do such a test says so
            return Both.failed(Failure.of(String.valueOf(e.getMessage())));
        }
    }

    private Both run(Ends ends, Engines engines, IperfRun client, IperfRun server, int port)
            throws InterruptedException {
        Engine serving = Objects.requireNonNull(engines.server());
        CommandReport ofClient = null;
        Failure early;
        try {
            early = notReady(ends, serving, server, port);
            if (early == null) {
                early = beforeClient();
            }
            if (early == null) {
                ofClient = client.carryOut();
            }
        } finally {
            if (ofClient == null) {
                server.stop();
                server.await(ENDING); // also if this thread was interrupted, which has cleared the flag
            }
        }
        boolean hasMeasured =
                ofClient != null && Failures.ofClient(engines.client().program(), ofClient) == null;
        CommandReport ofServer = last(server, serving.hasOneTestServers(), hasMeasured ? LAST_REPORT : LAST_WORDS);
        return judged(engines.client(), ofClient, ofServer, early);
    }

    private IperfRun client(Ends ends, Engine engine, ClientTarget target) {
        var call = new CommandCall(engine.client(settings, target), AnyOutput::new, deadline(), false);
        return run(call, Role.CLIENT, ends.client(), ends.ofClient());
    }

    private IperfRun server(Ends ends, Engine engine, ServerPlace place) {
        boolean isDetached = settings.iperf2().daemon() && engine.program().kind() == EngineKind.IPERF2;
        var call = new CommandCall(engine.server(settings, place), AnyOutput::new, null, isDetached);
        return run(call, Role.SERVER, ends.server(), ends.ofServer());
    }

    private IperfRun run(CommandCall call, Role role, Device device, CommandOutput output) {
        var command = new IperfCommand(call, output, role);
        around.log().accept(device + ": " + String.join(" ", call.words()));
        var mark = new Mark(around.session(), device.node().name(), role.name().toLowerCase(Locale.ROOT));
        IperfRun run = command.on(device, mark, "");
        stopping.add(run);
        return run;
    }

    private Duration deadline() {
        return around.deadline() == null ? settings.deadline() : around.deadline();
    }

    /// Null when the client may start.
    private @Nullable Failure beforeClient() throws InterruptedException {
        String obstacle = around.beforeClient().run();
        if (stopping.isAsked()) {
            return Failure.stopped();
        }
        return obstacle == null ? null : Failure.of(obstacle);
    }

    /// Where the client's traffic comes from: its test address, if it is of the server's family.
    private static @Nullable String own(Device client, String server) throws ConnectionException, InterruptedException {
        String address = client.address();
        return address.contains(":") == server.contains(":") ? address : null;
    }

    /// A person's server does not know which tests run at once.
    private int port(Engine engine, Door server) {
        if (server instanceof Door.Manual(int port) && port != 0) {
            return port;
        }
        int usual = switch (engine.program().kind()) {
            case PITOT, IPERF3 -> IPERF3_PORT;
            case IPERF2 -> IPERF2_PORT;
        };
        return server instanceof Door.Manual ? usual : usual + around.portOffset();
    }

    /// A port of the server's node that nothing listens at: the given one if it can be.
    private int freePort(Device device, @Nullable Engine serving, int first)
            throws ConnectionException, InterruptedException {
        if (serving == null) {
            return first;
        }
        SystemRules rules = SystemRules.of(device.node().system());
        for (int port = first; port < first + PORTS_TRIED * PORT_STEP; port += PORT_STEP) {
            Boolean isTaken = device.commands().ask(rules.listens(serving.door(settings), port));
            if (!Boolean.TRUE.equals(isTaken)) {
                return port;
            }
            around.log()
                    .accept("port " + port + " of " + device + " is somebody else's: the next is "
                            + (port + PORT_STEP));
        }
        return first; // the server says that it is taken
    }

    private void endLeftovers(Device device) throws ConnectionException, InterruptedException {
        if (device.isUntouched()) {
            return;
        }
        List<String> programs =
                device.programs().all().stream().map(Program::path).toList();
        new Leftovers(device.commands(), device.node().name())
                .end(device.node().control().leftovers(), programs, mark -> isStillNeeded(mark))
                .sentences()
                .forEach(around.log());
    }

    /// Watchers and hooks of this session run on, also while tests change.
    private boolean isStillNeeded(Mark mark) {
        return mark.session().equals(around.session())
                && Stream.of(Role.values()).noneMatch(role -> role.name().equalsIgnoreCase(mark.role()));
    }

    private @Nullable Failure notReady(Ends ends, Engine engine, IperfRun server, int port)
            throws InterruptedException {
        try {
            return switch (server.awaitReady(engine.door(settings), port, ready)) {
                case SAID, SEEN -> null;
                case UNKNOWN -> {
                    around.log().accept(ends.server() + " does not show its ports: the client starts without a look");
                    yield null;
                }
                case ENDED -> Failures.ofServer(ends.server(), server.await(ENDING));
                case LATE ->
                    Failure.of("the server on " + ends.server() + " did not listen at port " + port + " within "
                            + Failures.seconds(ready) + " s: look at its output");
            };
        } catch (ConnectionException e) {
            return Failure.of(String.valueOf(e.getMessage()));
        }
    }

    /// Lets the server tell of the test, then ends it. One that does not end by itself, and has
    /// no word for the end of a test, is over when it has not said anything for longer than an
    /// interval.
    private @Nullable CommandReport last(IperfRun server, boolean endsByItself, Duration patience)
            throws InterruptedException {
        long slices = patience.dividedBy(SLICE);
        Duration quiet = settings.config().interval().length().plus(QUIET);
        CommandReport report = server.await(Duration.ZERO);
        for (long i = 0; report == null && i < slices && (endsByItself || !hasTold(server, quiet)); i++) {
            report = server.await(SLICE);
        }
        server.stop();
        return report == null ? server.await(ENDING) : report;
    }

    private static boolean hasTold(IperfRun server, Duration quiet) {
        return server.hasTold() || server.isQuietSince(quiet);
    }

    private Both judged(
            Engine engine, @Nullable CommandReport client, @Nullable CommandReport server, @Nullable Failure early) {
        Failure failure = early;
        if (failure == null && client != null) {
            failure = Failures.ofClient(engine.program(), client);
        }
        if (failure == null && server != null) {
            failure = Failures.ofServerAfterwards(server);
        }
        if (failure == null && server != null && engine.program().kind() == EngineKind.IPERF2) {
            failure = Failures.ofStrangers(server, streams());
        }
        return new Both(engine, client, server, failure);
    }

    /// How many streams a server may see: twice as many if iperf 2 turns the test round as well.
    private int streams() {
        int streams = settings.config().test().streamCount();
        return settings.iperf2().client().isEmpty() ? streams : 2 * streams;
    }

    /// Ends the test: both programs are asked to end, and what they have measured is kept.
    public void stop() {
        stopping.stop();
    }

    /// Ends the test at once: both programs are killed.
    public void kill() {
        stopping.kill();
    }

    /// The runs that a stop reaches, those that are yet to begin included.
    private static final class Stopping {
        private final List<IperfRun> runs = new ArrayList<>();
        private boolean isStopped;
        private boolean isKilled;

        synchronized void add(IperfRun run) {
            runs.add(run);
            tell(run);
        }

        synchronized void stop() {
            isStopped = true;
            runs.forEach(this::tell);
        }

        synchronized void kill() {
            isKilled = true;
            stop();
        }

        synchronized boolean isAsked() {
            return isStopped;
        }

        private void tell(IperfRun run) {
            if (isKilled) {
                run.kill();
            } else if (isStopped) {
                run.stop();
            }
        }
    }
}
