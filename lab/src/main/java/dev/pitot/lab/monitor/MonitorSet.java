package dev.pitot.lab.monitor;

import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import dev.pitot.lab.os.Query.QueryCommand;
import dev.pitot.lab.plan.Monitor;
import dev.pitot.lab.probe.LongCommand;
import dev.pitot.lab.probe.Poller;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All monitors of a session: started before the first test, closed at its end. Whatever befalls
/// them is reported to the listener and written in their files; nothing is thrown.
///
/// Each runs on a virtual thread and writes `logs/KIND_NODE.csv`, or `.log` if it follows
/// lines; a second one of the same kind and node writes `logs/KIND_NODE_002.csv`. Times are UTC
/// to the millisecond. A node that was lost is tried again, and the gap is marked by a line
/// `# gap from … to …: why`. Started and closed by one thread; any thread may kill it.
public final class MonitorSet implements AutoCloseable {
    private static final int USUAL_PING_THRESHOLD = 5; // pings in a row that make an event, as in apetools

    /// Beyond a node's timeout for a command: killing what runs there, and looking.
    private static final Duration KILLING = Duration.ofSeconds(25);

    private final List<Monitor> monitors;
    private final Function<String, @Nullable CommandTarget> targets;
    private final Function<String, Consumer<String>> files;
    private final MonitorListener listener;
    private final Clocks clocks;
    private final MonitorRunner.ReconnectPolicy policy;
    private final Set<String> names = new HashSet<>();
    private final List<MonitorRunner> running = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> killed = new CompletableFuture<>();
    private Duration longestEnd = Duration.ZERO;

    /// Monitors that are not started yet.
    ///
    /// @param targets the nodes by name; null for one that must not be touched
    /// @param files makes a file of a name such as `logs/cpu_tate.csv`, of `[A-Za-z0-9._-]` in each part
    ///     and never the same twice; takes its lines, and closes it when it likes
    public MonitorSet(
            List<Monitor> monitors,
            Function<String, @Nullable CommandTarget> targets,
            Function<String, Consumer<String>> files,
            MonitorListener listener,
            Clocks clocks) {
        this(monitors, targets, files, listener, clocks, MonitorRunner.ReconnectPolicy.DEFAULT);
    }

    MonitorSet(
            List<Monitor> monitors,
            Function<String, @Nullable CommandTarget> targets,
            Function<String, Consumer<String>> files,
            MonitorListener listener,
            Clocks clocks,
            MonitorRunner.ReconnectPolicy policy) {
        this.monitors = List.copyOf(monitors);
        this.targets = targets;
        this.files = files;
        this.listener = listener;
        this.clocks = clocks;
        this.policy = policy;
    }

    /// Starts every monitor that can be; what is wrong with another is reported to the listener.
    public void start() {
        for (Monitor monitor : monitors) {
            CommandTarget target = targets.apply(monitor.node());
            if (target == null) {
                listener.onError(monitor, "there is no connection to " + monitor.node());
                continue;
            }
            Duration end = target.commands().timeouts().command().plus(KILLING);
            longestEnd = end.compareTo(longestEnd) > 0 ? end : longestEnd;
            try {
                running.add(of(monitor, target));
            } catch (IllegalArgumentException e) {
                listener.onError(monitor, "it cannot be monitored on " + target.system() + ": " + e.getMessage());
            }
        }
    }

    private MonitorRunner of(Monitor monitor, CommandTarget target) {
        OsAdapter adapter = OsAdapter.of(target.system());
        String node = target.name();
        List<String> arguments = monitor.arguments();
        String networkInterface = arguments.isEmpty() ? target.networkInterface() : arguments.getFirst();
        return switch (monitor.kind()) {
            case PING -> {
                var ping = known(adapter.ping(arguments.getFirst()), target);
                Consumer<String> events = file(monitor, "ping_events", ".csv");
                events.accept(PingParser.EVENT_HEADER);
                int threshold = arguments.size() < 2 ? USUAL_PING_THRESHOLD : Integer.parseInt(arguments.get(1));
                yield polled(monitor, target, ping.command(), new PingParser(ping.reader(), threshold, events));
            }
            case NET_DEV -> polled(monitor, target, NetDevParser.COMMAND, new NetDevParser(node, networkInterface));
            case CPU -> polled(monitor, target, known(CpuParser.command(target.system())), new CpuParser(node));
            case SIGNAL -> {
                var wifi = known(adapter.wifi(known(networkInterface)), target);
                yield polled(monitor, target, wifi.command(), StateParser.signal(node, wifi.reader()));
            }
            case BATTERY -> {
                var battery = known(adapter.battery(), target);
                yield polled(monitor, target, battery.command(), StateParser.battery(node, battery.reader()));
            }
            // what is written from now on; a file that is renamed and made anew is followed by its name
            case FOLLOW_FILE -> followed(monitor, target, List.of("tail", "-n", "0", "-F", arguments.getFirst()));
            case FOLLOW_COMMAND -> followed(monitor, target, arguments);
            case LOGCAT -> followed(monitor, target, logcat(arguments));
        };
    }

    private static <T> QueryCommand<T> known(Query<T> query, CommandTarget target) {
        return known(query.asOneCommand(target.system()));
    }

    /// @throws IllegalArgumentException if it is not known
    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("such a node does not report it");
        }
        return value;
    }

    private MonitorRunner polled(Monitor monitor, CommandTarget target, List<String> command, MetricParser parser) {
        Consumer<String> file = file(monitor, kind(monitor), ".csv");
        file.accept(parser.header());
        var poller = new Poller(target, command, monitor.interval(), clocks);
        Duration silence = policy.silence().plus(monitor.interval());
        MonitorRunner.Source source = log -> {
            parser.forget();
            return poller.run(
                    block -> {
                        parser.onBlock(block, log);
                        return true;
                    },
                    silence,
                    Poller.FOR_EVER);
        };
        return runner(monitor, source, file);
    }

    private MonitorRunner followed(Monitor monitor, CommandTarget target, List<String> command) {
        return runner(
                monitor,
                log -> LongCommand.follow(target, command, clocks.monotonic())
                        .run(new Follower(log), policy.silence(), Poller.FOR_EVER),
                file(monitor, kind(monitor), ".log"));
    }

    private MonitorRunner runner(Monitor monitor, MonitorRunner.Source source, Consumer<String> file) {
        return new MonitorRunner(source, new MonitorLog(monitor, file, listener, clocks.wall()), policy);
    }

    private Consumer<String> file(Monitor monitor, String kind, String ending) {
        String stem = "logs/" + kind + "_" + monitor.node().replaceAll("[^A-Za-z0-9._-]", "_");
        String name = stem + ending;
        for (int number = 2; !names.add(name); number++) {
            name = stem + String.format(Locale.ROOT, "_%03d", number) + ending;
        }
        return files.apply(name);
    }

    private static String kind(Monitor monitor) {
        return monitor.kind().name().toLowerCase(Locale.ROOT);
    }

    /// Clears nothing. Without a buffer, Android shows its usual ones.
    private static List<String> logcat(List<String> buffers) {
        List<String> words = new ArrayList<>(List.of("logcat", "-v", "time"));
        for (String buffer : buffers) {
            words.addAll(List.of("-b", buffer));
        }
        return words;
    }

    /// Lets a close not wait for any node. What a node does not let us end there ends itself, 2 s after
    /// nobody reads it any more.
    public void kill() {
        killed.complete(null);
    }

    /// Stops every monitor side by side, and waits for that as long as the nodes' timeouts allow, or until
    /// it is killed.
    @Override
    public void close() {
        var all = CompletableFuture.allOf(
                running.stream().map(MonitorRunner::stop).toArray(CompletableFuture<?>[]::new));
        try {
            CompletableFuture.anyOf(all, killed).get(longestEnd.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // they are stopped all the same
        } catch (ExecutionException | TimeoutException _) {
            // a node does not answer: its connection's end is the monitor's end
        }
        running.clear();
    }
}
