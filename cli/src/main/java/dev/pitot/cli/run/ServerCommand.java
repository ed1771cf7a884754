package dev.pitot.cli.run;

import dev.pitot.cli.metrics.MetricsSinks;
import dev.pitot.cli.print.Backpressure;
import dev.pitot.cli.print.Console;
import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.Request;
import dev.pitot.command.Request.RunSettings;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.IperfException;
import dev.pitot.engine.Server;
import dev.pitot.engine.ServerBuilder;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import java.io.IOException;

/// `-s`: serves tests until it is stopped, or one test. Used by one thread.
public final class ServerCommand {
    private final CommandContext context;

    public ServerCommand(CommandContext context) {
        this.context = context;
    }

    /// Serves until the server ends, and prints its tests.
    ///
    /// @return the exit code
    /// @throws IOException with iperf's message, if the log file or the pid file cannot be written
    /// @throws InterruptedException if this thread was interrupted; the server is stopped then
    public int run(Request.Server request) throws IOException, InterruptedException {
        RunSettings settings = request.settings();
        try (var console = new Console(context.terminal(), settings.output(), Backpressure.DROP);
                PidFile _ = PidFile.write(settings.pidFile())) {
            context.heapGuard().writeTo(console.log());
            console.warn(settings.output().notices());
            var reporters = new Reporters(TestRole.SERVER, settings.output(), console.out(), console.err());
            var display = new ServerDisplay(
                    context.program(), reporters, context.terminal().clock());
            MetricsSinks sinks = MetricsSinks.open(
                    settings.metrics(),
                    VersionInfo.version(),
                    sentence -> console.err().print("iperf3: " + sentence));
            int code;
            try (sinks) {
                display.introduce();
                code = serve(request, console, display, sinks);
            }
            return sinks.isLost() ? ExitCode.FAILURE : code;
        }
    }

    private int serve(Request.Server request, Console console, ServerDisplay display, MetricsSinks sinks)
            throws IOException, InterruptedException {
        ServerBuilder builder = Iperf.server(request.config())
                .sockets(SocketFamilyOption.named(request.settings().socketFamily()))
                .listener(display);
        for (ServerListener other : sinks.ofServer()) {
            builder = builder.listener(other);
        }
        try (Server server = builder.start()) {
            context.signals().onFirst(reason -> {
                if (display.isIdle()) {
                    display.end(new Ending.Cancelled(reason));
                }
                server.stop(reason);
            });
            context.daemon().onListening();
            boolean isSound = awaitEnd(server);
            server.listenerStatuses().getFirst().await();
            sinks.reportLosses(server.listenerStatuses()
                    .subList(1, server.listenerStatuses().size()));
            // A log that is not read, or is full, ends no test: the server continues without it, as
            // iperf's does.
            return isSound ? ExitCode.SUCCESS : ExitCode.FAILURE;
        } catch (IperfException e) {
            display.end(new Ending.Failed(e.error(), e.reason(), false));
            if (request.settings().output().form() == Form.TEXT) {
                console.err().print("iperf3: exiting");
            }
            if (isUnseen(request.settings().output())) {
                throw new IOException("error - " + e.getMessage(), e);
            }
            return ExitCode.FAILURE;
        } catch (IllegalArgumentException e) {
            throw SocketFamilyOption.refused(e);
        }
    }

    /// Waits until the server has ended.
    ///
    /// @return false if it failed, which its listener has reported
    private static boolean awaitEnd(Server server) throws InterruptedException {
        try {
            server.await();
            return true;
        } catch (IllegalStateException _) { // reported by its listener
            return false;
        }
    }

    /// True if a server started in the background reported an error where the user who starts it does
    /// not look: as JSON, or in a log file.
    private boolean isUnseen(OutputOptions output) {
        return context.daemon().isReached() && (output.form() != Form.TEXT || output.logFile() != null);
    }
}
