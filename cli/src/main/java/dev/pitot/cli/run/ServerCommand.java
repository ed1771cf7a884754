package dev.pitot.cli.run;

import dev.pitot.cli.figures.Figures;
import dev.pitot.cli.print.Backpressure;
import dev.pitot.cli.print.Console;
import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.Request;
import dev.pitot.command.Request.Surroundings;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.IperfException;
import dev.pitot.engine.Server;
import dev.pitot.engine.ServerBuilder;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import java.io.IOException;

/// `-s`: serves tests until it is stopped, or for one test. Used by one thread.
public final class ServerCommand {
    private final Workplace workplace;

    public ServerCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    /// Serves until the server ends, and prints its tests.
    ///
    /// @return the exit code
    /// @throws IOException with iperf's words, if the log file or the pid file cannot be written
    /// @throws InterruptedException if this thread was interrupted; the server is stopped then
    public int run(Request.Server request) throws IOException, InterruptedException {
        Surroundings surroundings = request.surroundings();
        try (var console = new Console(workplace.terminal(), surroundings.output(), Backpressure.DROP);
                PidFile _ = PidFile.write(surroundings.pidFile())) {
            workplace.heapGuard().writeTo(console.log());
            console.warn(surroundings.output().notices());
            var reporters = new Reporters(TestRole.SERVER, surroundings.output(), console.out(), console.err());
            var display = new ServerDisplay(
                    workplace.program(), reporters, workplace.terminal().clock());
            Figures figures = Figures.open(
                    surroundings.metrics(),
                    About.version(),
                    sentence -> console.err().print("iperf3: " + sentence));
            int code;
            try (figures) {
                display.introduce();
                code = serve(request, console, display, figures);
            }
            return figures.isLost() ? ExitCode.FAILURE : code;
        }
    }

    private int serve(Request.Server request, Console console, ServerDisplay display, Figures figures)
            throws IOException, InterruptedException {
        ServerBuilder builder = Iperf.server(request.config())
                .sockets(Families.named(request.surroundings().socketFamily()))
                .listener(display);
        for (ServerListener other : figures.ofServer()) {
            builder = builder.listener(other);
        }
        try (Server server = builder.start()) {
            workplace.signals().onFirst(reason -> {
                if (display.isIdle()) {
                    display.end(new Ending.Cancelled(reason));
                }
                server.stop(reason);
            });
            workplace.background().onListening();
            boolean isSound = awaitEnd(server);
            server.hearings().getFirst().await();
            figures.judge(server.hearings().subList(1, server.hearings().size()));
            // A log that nobody reads or that is full ends no test: the server goes on without
            // it, as iperf's does.
            return isSound ? ExitCode.SUCCESS : ExitCode.FAILURE;
        } catch (IperfException e) {
            display.end(new Ending.Failed(e.error(), e.reason(), false));
            if (request.surroundings().output().form() == Form.TEXT) {
                console.err().print("iperf3: exiting");
            }
            if (isUnseen(request.surroundings().output())) {
                throw new IOException("error - " + e.getMessage(), e);
            }
            return ExitCode.FAILURE;
        } catch (IllegalArgumentException e) {
            throw Families.refused(e);
        }
    }

    /// Waits until the server has ended.
    ///
    /// @return false if it broke, of which its listener has told
    private static boolean awaitEnd(Server server) throws InterruptedException {
        try {
            server.await();
            return true;
        } catch (IllegalStateException _) { // as above
            return false;
        }
    }

    /// Whether a server that goes to the background has told a failure where the person who
    /// starts it does not look.
    private boolean isUnseen(OutputOptions output) {
        return workplace.background().isReached() && (output.form() != Form.TEXT || output.logFile() != null);
    }
}
