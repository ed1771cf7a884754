package dev.pitot.cli.probe;

import dev.pitot.cli.address.AddressResolver;
import dev.pitot.cli.address.HostPort;
import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.CommandOutput;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.command.Environment;
import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.output.text.ControlCharacterFilter;
import dev.pitot.probe.stamp.StampReflector;
import dev.pitot.probe.stamp.StampResult;
import dev.pitot.probe.stamp.StampSender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `stamp`: measures until it is done or a signal comes, or reflects until one comes. Used by one thread.
public final class StampCommand {
    private final CommandContext context;
    private final Environment environment;
    private final CommandOutput output;
    private final CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();

    /// @param environment where a key may be
    public StampCommand(CommandContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
        output = context.output();
    }

    /// Description of the command and its options.
    public static CommandSpec spec() {
        return StampArguments.spec();
    }

    /// Executes the command line.
    ///
    /// @param args the arguments after `stamp`
    /// @return the exit code
    /// @throws InterruptedException if this thread was interrupted; nothing goes on then
    public int run(List<String> args) throws InterruptedException {
        try {
            StampTask task = StampArguments.read(args, environment);
            if (!(task instanceof StampTask.Help)) {
                context.signals().onFirst(_ -> stop.complete(null));
            }
            return switch (task) {
                case StampTask.Help(String text) -> output.show(text);
                case StampTask.Send send -> send(send);
                case StampTask.Reflect reflect -> reflect(reflect);
            };
        } catch (IllegalArgumentException e) { // a command line that asks for nothing that can be done
            return output.complain(e.getMessage() + " (see " + context.name() + " stamp --help)");
        } catch (IOException e) { // the message is complete
            return output.complain(ControlCharacterFilter.line(String.valueOf(e.getMessage())));
        }
    }

    private int send(StampTask.Send task) throws IOException, InterruptedException {
        warn(task.warning());
        InetSocketAddress reflector = AddressResolver.resolve(task.reflector(), stop);
        if (reflector == null) {
            output.complain("stopped before the reflector's address was known: nothing was measured");
            return ExitCode.SUCCESS;
        }
        var report = new StampReport(task.reflector(), task.plan());
        if (!task.asJson()) {
            output.show(report.opening());
        }
        var sender = new StampSender(reflector, task.plan());
        var _ = stop.thenRun(sender::cancel);
        StampResult result = sender.run();
        output.show(task.asJson() ? StampJson.of(task.reflector(), task.plan(), result) + "\n" : report.text(result));
        boolean isSilent = result.counts().answered() == 0 && !stop.isDone();
        return isSilent
                ? output.complain("no answer came from " + task.reflector()
                        + ": look whether a reflector runs there, and lets packets of this mode and port in")
                : output.exitCode();
    }

    private int reflect(StampTask.Reflect task) throws IOException {
        warn(task.warning());
        InetSocketAddress local = task.local().resolve();
        try (var reflector = new StampReflector(local, task.plan())) {
            HostPort hostPort = task.local().withPort(reflector.localAddress().getPort());
            String listening = "reflecting on " + hostPort + " (UDP)\n";
            var _ = task.asJson() ? output.locate(listening) : output.show(listening);
            var _ = stop.thenRun(reflector::close);
            reflector.run();
            return output.show(counts(reflector.counts(), task.asJson()));
        }
    }

    private static String counts(StampReflector.Counts counts, boolean asJson) {
        if (!asJson) {
            return counts.received() + " packets, " + counts.answered() + " answered, " + counts.invalid()
                    + " invalid, " + counts.looped() + " not from a sender, " + counts.limited() + " above a limit\n";
        }
        return new JsonObjectWriter()
                        .put("command", "stamp --reflect")
                        .put("received", counts.received())
                        .put("answered", counts.answered())
                        .put("invalid", counts.invalid())
                        .put("not_from_sender", counts.looped())
                        .put("above_limit", counts.limited())
                + "\n";
    }

    private void warn(@Nullable String warning) {
        if (warning != null) {
            output.complain(ControlCharacterFilter.line(warning));
        }
    }
}
