package dev.pitot.cli.run;

import dev.pitot.cli.figures.Figures;
import dev.pitot.cli.print.Backpressure;
import dev.pitot.cli.print.Console;
import dev.pitot.command.Request;
import dev.pitot.command.Request.Surroundings;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.Run;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestRole;
import java.io.IOException;

/// `-c host`: one test against a server. Used by one thread.
public final class ClientCommand {
    private final Workplace workplace;

    public ClientCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    /// Measures until the test is over, and prints it.
    ///
    /// @return the exit code
    /// @throws IOException with iperf's words, if the log file or the pid file cannot be written
    /// @throws InterruptedException if this thread was interrupted; the test is cancelled then
    public int run(Request.Client request) throws IOException, InterruptedException {
        Surroundings surroundings = request.surroundings();
        try (var console = new Console(workplace.terminal(), surroundings.output(), Backpressure.BLOCK);
                PidFile _ = PidFile.write(surroundings.pidFile())) {
            workplace.heapGuard().writeTo(console.log());
            console.warn(surroundings.output().notices());
            var reporters = new Reporters(TestRole.CLIENT, surroundings.output(), console.out(), console.err());
            Figures figures = Figures.open(
                    surroundings.metrics(),
                    About.version(),
                    sentence -> console.err().print("iperf3: " + sentence));
            int code;
            try (figures) {
                code = measure(request, console, reporters.forTest(workplace.program()), figures);
            }
            return figures.isLost() ? ExitCode.FAILURE : code;
        }
    }

    private int measure(Request.Client request, Console console, TestReporter reporter, Figures figures)
            throws IOException, InterruptedException {
        ClientBuilder client = Iperf.client(request.config())
                .sockets(Families.named(request.surroundings().socketFamily()))
                .listener(reporter);
        for (TestListener other : figures.ofTest(request.config().server())) {
            client = client.listener(other);
        }
        try (Run run = client.start()) {
            workplace.signals().onFirst(reason -> {
                console.dropUnread();
                run.cancel(reason);
            });
            Outcome outcome = Delivered.outcomeOf(run);
            figures.judge(run.hearings().subList(1, run.hearings().size()));
            // A reader who has gone (`| head -2`) ends no test and is no failure, as with iperf3; lines that a full
            // disk did not take are one.
            return console.isUnwritable() ? ExitCode.FAILURE : ExitCode.of(outcome.ending());
        } catch (IllegalArgumentException e) {
            throw Families.refused(e);
        }
    }
}
