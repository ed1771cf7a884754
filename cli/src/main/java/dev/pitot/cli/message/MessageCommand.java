package dev.pitot.cli.message;

import dev.pitot.cli.address.AddressResolver;
import dev.pitot.cli.address.HostPort;
import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.CommandOutput;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.message.EndpointOptions;
import dev.pitot.message.probe.EchoServer;
import dev.pitot.message.probe.Flood;
import dev.pitot.message.probe.FloodResult;
import dev.pitot.message.probe.Ping;
import dev.pitot.message.probe.PingResult;
import dev.pitot.message.probe.ProbeListener;
import dev.pitot.model.text.ErrorText;
import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.output.text.ControlCharacterFilter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `message`: answers probes until a signal comes, or measures until it is done or a signal
/// comes. Used by one thread.
public final class MessageCommand {
    private final CommandContext context;
    private final CommandOutput output;
    private final EndpointOptions usual;
    private final CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();

    public MessageCommand(CommandContext context) {
        this(context, EndpointOptions.DEFAULT);
    }

    /// @param usual options of endpoints but for the protocol
    MessageCommand(CommandContext context, EndpointOptions usual) {
        this.context = context;
        this.usual = usual;
        output = context.output();
    }

    /// Description of the command, its subcommands and their options.
    public static CommandSpec spec() {
        return MessageOptions.spec();
    }

    /// Executes the command line.
    ///
    /// @param args the arguments after `message`
    /// @return the exit code
    /// @throws InterruptedException if this thread was interrupted; nothing goes on then
    public int run(List<String> args) throws InterruptedException {
        try {
            MessageRequest request = MessageArguments.read(args);
            if (!(request instanceof MessageRequest.Help)) {
                context.signals().onFirst(_ -> stop.complete(null));
            }
            return switch (request) {
                case MessageRequest.Help(String text) -> output.show(text);
                case MessageRequest.Serve serve -> serve(serve);
                case MessageRequest.Pings pings -> ping(pings);
                case MessageRequest.Floods floods -> flood(floods);
            };
        } catch (IllegalArgumentException e) { // a command line that asks for nothing that can be done
            return output.complain(
                    e.getMessage() + " (see " + context.name() + " " + MessageArguments.help(args) + ")");
        } catch (IOException e) { // the message is complete
            return output.complain(ControlCharacterFilter.line(String.valueOf(e.getMessage())));
        }
    }

    private int serve(MessageRequest.Serve request) throws IOException, InterruptedException {
        var errors = new ErrorLines();
        try (EchoServer server = start(request, errors)) {
            HostPort hostPort = request.local().withPort(server.localAddress().getPort());
            String listening = "listening on " + hostPort + " (UDP)\n";
            var _ = request.asJson() ? output.locate(listening) : output.show(listening);
            Throwable failure = awaitEnd(server, errors);
            print(errors.takeLast());
            if (failure != null) {
                return output.complain("the server failed and is closed: " + ErrorText.of(failure));
            }
            EchoServer.Counts counts = server.counts();
            if (request.asJson()) {
                return output.show(new JsonObjectWriter()
                                .put("command", "serve")
                                .put("listen", hostPort)
                                .put("clients", counts.clients())
                                .put("pings", counts.pings())
                                .put("answered", counts.answered())
                                .put("flooded", counts.flooded())
                        + "\n");
            }
            return output.show(counts.clients() + " clients, " + counts.pings() + " pings, " + counts.answered()
                    + " answered, " + counts.flooded() + " messages of floods\n");
        }
    }

    private void print(List<String> errors) {
        errors.forEach(sentence -> output.complain(ControlCharacterFilter.line(sentence)));
    }

    private EchoServer start(MessageRequest.Serve request, ErrorLines errors) throws IOException {
        try {
            return EchoServer.start(
                    request.local().resolve(),
                    usual.withProtocol(request.protocol()),
                    EchoServer.LIMITS.withMemoryBytes(request.memoryBytes()),
                    errors::add);
        } catch (IOException e) {
            throw new IOException("cannot serve: " + e.getMessage(), e);
        }
    }

    /// Waits until a signal comes, or the server cannot go on, and prints its errors meanwhile.
    ///
    /// @return what it failed by; null after a signal
    private @Nullable Throwable awaitEnd(EchoServer server, ErrorLines errors) throws InterruptedException {
        CompletableFuture<@Nullable Throwable> closed = server.closed();
        CompletableFuture<Object> end = CompletableFuture.anyOf(stop, closed);
        while (!end.isDone()) {
            try {
                end.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException _) {
                print(errors.take());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // nobody completes it like that
            }
        }
        return closed.getNow(null);
    }

    private int ping(MessageRequest.Pings request) throws IOException, InterruptedException {
        InetSocketAddress server = AddressResolver.resolve(request.server(), stop);
        if (server == null) {
            return stoppedEarly();
        }
        var report = new PingReport(request);
        if (!request.asJson()) {
            output.show(report.opening());
        }
        ProbeListener listener = request.asJson() ? ProbeListener.NONE : second -> output.show(report.line(second));
        var ping = new Ping(server, request.plan(), usual.withProtocol(request.protocol()), listener);
        var _ = stop.thenRun(ping::cancel);
        PingResult result = ping.run();
        output.show(request.asJson() ? report.json(result) + "\n" : report.text(result));
        return ended(result.brokenOff());
    }

    private int flood(MessageRequest.Floods request) throws IOException, InterruptedException {
        InetSocketAddress server = AddressResolver.resolve(request.server(), stop);
        if (server == null) {
            return stoppedEarly();
        }
        var report = new FloodReport(request);
        if (!request.asJson()) {
            output.show(report.opening());
        }
        ProbeListener listener = request.asJson() ? ProbeListener.NONE : second -> output.show(report.line(second));
        var flood = new Flood(server, request.plan(), usual.withProtocol(request.protocol()), listener);
        var _ = stop.thenRun(flood::cancel);
        FloodResult result = flood.run();
        output.show(request.asJson() ? report.json(result) + "\n" : report.text(result));
        return ended(result.brokenOff());
    }

    private int stoppedEarly() {
        output.complain("stopped before the server's address was known: nothing was measured");
        return ExitCode.SUCCESS;
    }

    private int ended(@Nullable String brokenOff) {
        return brokenOff == null ? output.exitCode() : output.complain(ControlCharacterFilter.line(brokenOff));
    }
}
