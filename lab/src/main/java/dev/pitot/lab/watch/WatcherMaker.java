package dev.pitot.lab.watch;

import dev.pitot.lab.system.SystemRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the watcher of a watch that was checked, with its files. Used by one thread.
final class WatcherMaker {
    private static final int USUAL_THRESHOLD = 5;

    private final WatchFiles files;
    private final WatchListener listener;
    private final Clocks clocks;
    private final Pace pace;
    private final Set<String> names = new HashSet<>();

    WatcherMaker(WatchFiles files, WatchListener listener, Clocks clocks, Pace pace) {
        this.files = files;
        this.listener = listener;
        this.clocks = clocks;
        this.pace = pace;
    }

    Watcher of(Watch watch, Station station) {
        return switch (watch.kind()) {
            case PING -> {
                Asked<Double> ping = known(Pings.to(watch.arguments().getFirst(), station));
                WatchFile events = file(watch, "ping_events", ".csv", PingGauge.EVENT_HEADER);
                yield gauge(watch, station, ping.question(), new PingGauge(ping, threshold(watch), events));
            }
            case NET_DEV -> {
                var gauge = new NetDevGauge(station.name(), networkInterface(watch, station));
                yield gauge(watch, station, NetDevGauge.QUESTION, gauge);
            }
            case CPU -> {
                Question question = known(CpuGauge.question(station.system()));
                yield gauge(watch, station, question, new CpuGauge(station.name()));
            }
            case SIGNAL -> {
                String name = known(networkInterface(watch, station));
                var wifi =
                        known(Asked.of(station, SystemRules.of(station.system()).wifi(name)));
                yield gauge(watch, station, wifi.question(), new SignalGauge(station.name(), wifi));
            }
            case BATTERY -> {
                var battery =
                        known(Asked.of(station, SystemRules.of(station.system()).battery()));
                yield gauge(watch, station, battery.question(), new BatteryGauge(station.name(), battery));
            }
            case FOLLOW_FILE ->
                follower(watch, station, followed(watch.arguments().getFirst()));
            case FOLLOW_COMMAND -> follower(watch, station, watch.arguments());
            case LOGCAT -> follower(watch, station, logcat(watch.arguments()));
        };
    }

    /// The interface that a watch is about: its own, or that of test traffic; null if neither is
    /// told.
    private static @Nullable String networkInterface(Watch watch, Station station) {
        return watch.arguments().isEmpty()
                ? station.networkInterface()
                : watch.arguments().getFirst();
    }

    /// How many pings in a row make an event: the second argument, else 5 as in apetools.
    private static int threshold(Watch watch) {
        return watch.arguments().size() < 2
                ? USUAL_THRESHOLD
                : Integer.parseInt(watch.arguments().get(1));
    }

    /// @throws IllegalArgumentException if it is not known
    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("such a node does not tell it");
        }
        return value;
    }

    private Watcher gauge(Watch watch, Station station, Question question, Gauge gauge) {
        WatchFile file = file(watch, kind(watch), ".csv", gauge.header());
        var source = new GaugeSource(
                station, question, gauge, watch.interval(), pace.silence().plus(watch.interval()), clocks);
        return watcher(watch, source, file);
    }

    private Watcher follower(Watch watch, Station station, List<String> command) {
        WatchFile file = file(watch, kind(watch), ".log", null);
        return watcher(watch, new FollowSource(station, command, pace.silence(), clocks.monotonic()), file);
    }

    private Watcher watcher(Watch watch, Source source, WatchFile file) {
        var sheet = new Sheet(watch, file, listener, clocks.wall());
        return new Watcher("watch-" + kind(watch) + "-" + watch.node(), source, sheet, pace);
    }

    private WatchFile file(Watch watch, String kind, String ending, @Nullable String header) {
        String stem = "logs/" + kind + "_" + watch.node().replaceAll("[^A-Za-z0-9._-]", "_");
        String name = stem + ending;
        for (int number = 2; !names.add(name); number++) {
            name = stem + String.format(Locale.ROOT, "_%03d", number) + ending;
        }
        return new WatchFile(name, files, header, sentence -> listener.onTrouble(watch, sentence));
    }

    private static String kind(Watch watch) {
        return watch.kind().name().toLowerCase(Locale.ROOT);
    }

    /// What is written from now on; a file that is renamed and made anew is followed by its name.
    private static List<String> followed(String file) {
        return List.of("tail", "-n", "0", "-F", file);
    }

    /// Clears nothing. Without a buffer, Android shows its usual ones.
    private static List<String> logcat(List<String> buffers) {
        List<String> words = new ArrayList<>(List.of("logcat", "-v", "time"));
        for (String buffer : buffers) {
            words.addAll(List.of("-b", buffer));
        }
        return List.copyOf(words);
    }
}
