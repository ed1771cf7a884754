package dev.pitot.cli.run;

import dev.pitot.cli.print.Backpressure;
import dev.pitot.cli.print.Console;
import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.Request;
import dev.pitot.engine.ClientRun;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.IperfException;
import dev.pitot.engine.Server;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.Lines;
import dev.pitot.socket.SocketFamily;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `loopback`: starts a server on a free port, runs a test up and a test down against it, and prints a
/// summary. Used by one thread.
public final class LoopbackCommand {
    private static final String ADDRESS = "127.0.0.1";
    private static final LocalBinding LOCALHOST = new LocalBinding(ADDRESS, AddressFamily.V4, 0);
    /// The server's end prints nothing, so it reads its counters only at the end.
    private static final ServerConfig SERVER = new ServerConfig(
            0, LOCALHOST, Timeouts.DEFAULT, new ReportInterval(Duration.ZERO), ServerConfig.Lifetime.UNLIMITED);

    private final CommandContext context;

    public LoopbackCommand(CommandContext context) {
        this.context = context;
    }

    /// Measures both directions, one after the other, and prints them.
    ///
    /// @return the exit code
    /// @throws IOException if the log file cannot be opened
    /// @throws InterruptedException if this thread was interrupted; the tests are cancelled then
    public int run(Request.Loopback request) throws IOException, InterruptedException {
        OutputOptions output = request.settings().output();
        try (var console = new Console(context.terminal(), output, Backpressure.BLOCK, context.name())) {
            context.heapGuard().writeTo(console.log());
            console.warn(output.notices());
            return serve(request, console);
        }
    }

    private int serve(Request.Loopback request, Console console) throws IOException, InterruptedException {
        SocketFamily family = SocketFamilyOption.named(request.settings().socketFamily());
        try (Server server = Iperf.server(SERVER).sockets(family).start()) {
            var stop = new CompletableFuture<String>();
            context.signals().onFirst(reason -> {
                console.dropUnread();
                stop.complete(reason);
            });
            console.onBroken(() -> stop.complete("output closed"));
            return new Course(request, family, server.port(), console, stop).run(context);
        } catch (IperfException e) {
            throw new IOException("error - " + e.getMessage(), e);
        }
    }

    /// The tests of one run.
    ///
    /// @param port of the server
    /// @param stop completed with a reason to end the tests
    private record Course(
            Request.Loopback request, SocketFamily family, int port, Console console, CompletableFuture<String> stop) {

        int run(CommandContext context) throws IOException, InterruptedException {
            OutputOptions output = request.settings().output();
            String name = context.name() + ": ";
            LoopbackReport report = output.form() == Form.JSON
                    ? new LoopbackReport.Json(console.out())
                    : new LoopbackReport.Text(console.out(), LoopbackReport.rate(output.detail()));
            Map<Direction, Outcome> outcomes = new EnumMap<>(Direction.class);
            for (Direction direction : List.of(Direction.FORWARD, Direction.REVERSE)) {
                if (!stop.isDone()) {
                    Lines lines = report.begin(direction);
                    var reporters = new Reporters(
                            TestRole.CLIENT, output, lines, line -> complain(line.replaceFirst("^iperf3: ", name)));
                    outcomes.put(direction, measure(direction, reporters.forTest(context.program())));
                }
            }
            report.finish(outcomes);
            boolean allEndedWell =
                    outcomes.values().stream().allMatch(outcome -> ExitCode.of(outcome.ending()) == ExitCode.SUCCESS);
            return allEndedWell && !console.isBroken() ? ExitCode.SUCCESS : ExitCode.FAILURE;
        }

        /// Prints an error, unless the output is closed.
        private void complain(String line) {
            if (!console.isBroken()) {
                console.err().print(line);
            }
        }

        private Outcome measure(Direction direction, TestListener reporter) throws IOException, InterruptedException {
            TestConfig test = request.test().toBuilder().direction(direction).build();
            var config = new ClientConfig(
                    new Endpoint(ADDRESS, port), test, LOCALHOST, Timeouts.DEFAULT, request.interval());
            try (ClientRun run =
                    Iperf.client(config).sockets(family).listener(reporter).start()) {
                var _ = stop.thenAccept(run::cancel);
                return ReportAwaiter.outcomeOf(run);
            }
        }
    }
}
