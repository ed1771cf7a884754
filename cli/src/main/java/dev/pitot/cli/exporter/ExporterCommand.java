package dev.pitot.cli.exporter;

import dev.pitot.cli.run.About;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.cli.run.Workplace;
import dev.pitot.engine.SystemClock;
import dev.pitot.metrics.http.Limits;
import dev.pitot.metrics.http.MetricsEndpoint;
import dev.pitot.metrics.http.Probing;
import dev.pitot.metrics.http.Target;
import dev.pitot.metrics.prometheus.LiveMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/// `exporter`: serves `/probe` and `/metrics` until a signal comes. Used by one thread.
public final class ExporterCommand {
    private final Workplace workplace;

    public ExporterCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    /// Serves until a signal comes.
    ///
    /// @param args what stands behind `exporter`
    /// @return the exit code
    /// @throws InterruptedException if this thread was interrupted; nothing is served any more
    ///     then
    public int run(List<String> args) throws InterruptedException {
        try {
            ExporterLine line = ExporterLine.read(args);
            if (line.isHelp()) {
                write(workplace.terminal().out(), ExporterLine.help());
            } else {
                serve(line.options());
            }
            return ExitCode.SUCCESS;
        } catch (IllegalArgumentException e) { // a command line that asks for nothing that can be done
            complain(e.getMessage() + " (pitot exporter --help tells of every option)");
        } catch (IOException e) { // the message is complete
            complain(String.valueOf(e.getMessage()));
        }
        return ExitCode.FAILURE;
    }

    private void serve(ExporterOptions options) throws IOException, InterruptedException {
        var metrics = new LiveMetrics(About.version(), InstantSource.system());
        var prober = new ProfileProber(options.profiles(), metrics, this::complain);
        var probing = new Probing(
                prober,
                options.profiles().keySet(),
                allowed(options),
                options.atOnce(),
                options.longest(),
                SystemClock.INSTANCE);
        var stop = new CountDownLatch(1);
        workplace.signals().onFirst(_ -> stop.countDown());
        try (MetricsEndpoint endpoint = start(options, metrics, probing)) {
            if (options.allowed().isEmpty()) {
                complain(
                        "warning: any target may be probed, so whoever reaches this port can have this machine"
                                + " connect to any host and load the path to it: name those that may be with --allow HOST:PORT");
            }
            write(
                    workplace.terminal().out(),
                    "listening on " + options.listen().withPort(endpoint.port()) + ", profiles: "
                            + String.join(", ", new TreeSet<>(options.profiles().keySet())) + "\n");
            stop.await();
        }
    }

    private static MetricsEndpoint start(ExporterOptions options, LiveMetrics metrics, Probing probing)
            throws IOException {
        try {
            return MetricsEndpoint.start(options.listen().resolve(), metrics, probing, Limits.DEFAULT);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + options.listen() + ": " + e.getMessage(), e);
        }
    }

    private static Predicate<Target> allowed(ExporterOptions options) {
        Set<Target> allowed = options.allowed();
        return allowed.isEmpty() ? _ -> true : target -> allowed.contains(ExporterOptions.comparable(target));
    }

    private void complain(String sentence) {
        write(workplace.terminal().err(), "pitot exporter: " + sentence + "\n");
    }

    private static void write(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException _) {
            // Nobody reads: there is nobody to tell.
        }
    }
}
