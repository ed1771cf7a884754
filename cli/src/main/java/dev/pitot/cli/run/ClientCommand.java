package dev.pitot.cli.run;

import dev.pitot.cli.metrics.MetricsSinks;
import dev.pitot.cli.print.Backpressure;
import dev.pitot.cli.print.Console;
import dev.pitot.command.Request;
import dev.pitot.command.Request.RunSettings;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.ClientRun;
import dev.pitot.engine.Iperf;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestRole;
import java.io.IOException;

/// `-c host`: one test against a server. Used by one thread.
public final class ClientCommand {
    private final CommandContext context;

    public ClientCommand(CommandContext context) {
        this.context = context;
    }

    /// Runs the test to its end, and prints it.
    ///
    /// @return the exit code
    /// @throws IOException with iperf's message, if the log file or the pid file cannot be written
    /// @throws InterruptedException if this thread was interrupted; the test is cancelled then
    public int run(Request.Client request) throws IOException, InterruptedException {
        RunSettings settings = request.settings();
        try (var console = new Console(context.terminal(), settings.output(), Backpressure.BLOCK);
                PidFile _ = PidFile.write(settings.pidFile())) {
            context.heapGuard().writeTo(console.log());
            console.warn(settings.output().notices());
            var reporters = new Reporters(TestRole.CLIENT, settings.output(), console.out(), console.err());
            MetricsSinks sinks = MetricsSinks.open(
                    settings.metrics(),
                    VersionInfo.version(),
                    sentence -> console.err().print("iperf3: " + sentence));
            int code;
            try (sinks) {
                code = measure(request, console, reporters.forTest(context.program()), sinks);
            }
            return sinks.isLost() ? ExitCode.FAILURE : code;
        }
    }

    private int measure(Request.Client request, Console console, TestReporter reporter, MetricsSinks sinks)
            throws IOException, InterruptedException {
        ClientConfig config = request.config();
        ClientBuilder client = Iperf.client(config)
                .metadata(config.test().metadata().withProbe(request.probe()))
                .sockets(SocketFamilyOption.named(request.settings().socketFamily()))
                .listener(reporter);
        for (TestListener other : sinks.ofTest(config.server())) {
            client = client.listener(other);
        }
        try (ClientRun run = client.start()) {
            context.signals().onFirst(reason -> {
                console.dropUnread();
                run.cancel(reason);
            });
            Outcome outcome = ReportAwaiter.outcomeOf(run);
            sinks.reportLosses(
                    run.listenerStatuses().subList(1, run.listenerStatuses().size()));
            // A reader that closed the pipe (`| head -2`) ends no test and is not a failure, as with
            // iperf3; lines lost to a full disk are.
            return console.isUnwritable() ? ExitCode.FAILURE : ExitCode.of(outcome.ending());
        } catch (IllegalArgumentException e) {
            throw SocketFamilyOption.refused(e);
        }
    }
}
