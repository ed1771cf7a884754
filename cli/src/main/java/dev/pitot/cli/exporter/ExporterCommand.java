package dev.pitot.cli.exporter;

import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.CommandOutput;
import dev.pitot.cli.run.VersionInfo;
import dev.pitot.engine.SystemClock;
import dev.pitot.metrics.http.EndpointLimits;
import dev.pitot.metrics.http.MetricsEndpoint;
import dev.pitot.metrics.http.ProbeOptions;
import dev.pitot.metrics.http.ProbeTarget;
import dev.pitot.metrics.prometheus.LiveMetrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;

/// `exporter`: serves `/probe` and `/metrics` until a signal arrives. Used by one thread.
public final class ExporterCommand {
    private final CommandContext context;
    private final CommandOutput output;

    public ExporterCommand(CommandContext context) {
        this.context = context;
        output = context.output();
    }

    /// Description of the command and its options.
    public static CommandSpec spec() {
        return ExporterArguments.spec();
    }

    /// Serves until a signal arrives.
    ///
    /// @param args the arguments after `exporter`
    /// @return the exit code
    /// @throws InterruptedException if this thread was interrupted; nothing is served any more then
    public int run(List<String> args) throws InterruptedException {
        try {
            ExporterArguments line = ExporterArguments.read(args);
            if (line.isHelp()) {
                return output.show(line.help());
            }
            serve(line.options());
            return output.exitCode();
        } catch (IllegalArgumentException e) { // an invalid command line
            return output.complain(e.getMessage() + " (see " + context.name() + " exporter --help)");
        } catch (IOException e) { // the message is complete
            return output.complain(String.valueOf(e.getMessage()));
        }
    }

    private void serve(ExporterOptions options) throws IOException, InterruptedException {
        var metrics = new LiveMetrics(VersionInfo.version(), InstantSource.system());
        var prober = new ProfileProber(options.profiles(), metrics, output::complain);
        var probeOptions = new ProbeOptions(
                prober,
                options.profiles().keySet(),
                allowed(options),
                options.atOnce(),
                options.longest(),
                SystemClock.INSTANCE);
        var stop = new CountDownLatch(1);
        context.signals().onFirst(_ -> stop.countDown());
        try (MetricsEndpoint endpoint = start(options, metrics, probeOptions)) {
            if (options.allowed().isEmpty()) {
                output.complain(
                        "warning: any target may be probed, so anyone who can reach this port can make this machine"
                                + " connect to any host and load the path to it: list the allowed targets with --allow HOST:PORT");
            }
            output.show("listening on " + options.listen().withPort(endpoint.port()) + ", profiles: "
                    + String.join(", ", new TreeSet<>(options.profiles().keySet())) + "\n");
            stop.await();
        }
    }

    private static MetricsEndpoint start(ExporterOptions options, LiveMetrics metrics, ProbeOptions probeOptions)
            throws IOException {
        try {
            return MetricsEndpoint.start(options.listen().resolve(), metrics, probeOptions, EndpointLimits.DEFAULT);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + options.listen() + ": " + e.getMessage(), e);
        }
    }

    private static Predicate<ProbeTarget> allowed(ExporterOptions options) {
        Set<ProbeTarget> allowed = options.allowed();
        return allowed.isEmpty() ? _ -> true : target -> allowed.contains(ExporterOptions.comparable(target));
    }
}
