package dev.pitot.lab.watch;

import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.system.SystemRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with a watch before anything runs.
final class WatchCheck {
    /// So many pings in a row make an event, as in apetools, unless the watch says otherwise.
    static final int USUAL_THRESHOLD = 5;

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Watch watch;
    private final Station station;
    private final List<String> problems = new ArrayList<>();

    private WatchCheck(Watch watch, Station station) {
        this.watch = watch;
        this.station = station;
    }

    /// The problems of a watch, a sentence each; empty if there are none.
    static List<String> problems(Watch watch, @Nullable Station station) {
        if (station == null) {
            return List.of(watch.kind() + " cannot be watched on " + watch.node() + ": there is no connection to it.");
        }
        var check = new WatchCheck(watch, station);
        check.all();
        return List.copyOf(check.problems);
    }

    /// The interface that a watch is about: its own, or that of test traffic; null if neither is
    /// told.
    static @Nullable String networkInterface(Watch watch, Station station) {
        return watch.arguments().isEmpty()
                ? station.networkInterface()
                : watch.arguments().getFirst();
    }

    /// How many pings in a row make an event: the second argument.
    static int threshold(Watch watch) {
        return watch.arguments().size() < 2
                ? USUAL_THRESHOLD
                : Integer.parseInt(watch.arguments().get(1));
    }

    private void all() {
        switch (watch.kind()) {
            case PING -> ping();
            case NET_DEV -> netDev();
            case CPU -> possible(CpuGauge.question(station.system()) != null);
            case SIGNAL -> signal();
            case BATTERY ->
                possible(!SystemRules.of(station.system()).battery().ways().isEmpty());
            case FOLLOW_FILE, FOLLOW_COMMAND, LOGCAT -> follow();
        }
        if (!isFollowing() && watch.interval().compareTo(SHORTEST) < 0) {
            problems.add("The interval of " + watch.kind() + " on " + station.name() + " must be at least "
                    + Durations.text(SHORTEST) + ", but is " + Durations.text(watch.interval()) + ".");
        }
    }

    private void ping() {
        if (watch.arguments().isEmpty()) {
            problems.add("PING on " + station.name() + " needs a target: a name or an address.");
            return;
        }
        if (watch.arguments().size() > 1 && !watch.arguments().get(1).matches("[1-9][0-9]{0,5}")) {
            problems.add("The threshold of PING on " + station.name() + " must be a number from 1 on, but is '"
                    + watch.arguments().get(1) + "'.");
        }
        try {
            possible(Pings.to(watch.arguments().getFirst(), station) != null);
        } catch (IllegalArgumentException e) {
            problems.add("PING on " + station.name() + " has a wrong target: " + e.getMessage() + ".");
        }
    }

    private void netDev() {
        possible(
                switch (station.system()) {
                    case LINUX, ANDROID -> true;
                    case MACOS, WINDOWS, IOS -> false; // they have no /proc/net/dev
                });
    }

    private void signal() {
        String networkInterface = networkInterface(watch, station);
        if (networkInterface == null) {
            problems.add("SIGNAL on " + station.name() + " needs the name of its wifi interface.");
            return;
        }
        try {
            possible(!SystemRules.of(station.system())
                    .wifi(networkInterface)
                    .ways()
                    .isEmpty());
        } catch (IllegalArgumentException e) {
            problems.add("SIGNAL on " + station.name() + " has a wrong interface: " + e.getMessage() + ".");
        }
    }

    private void follow() {
        if (station.takesTurns()) {
            problems.add(watch.kind() + " cannot be watched on " + station.name()
                    + ": only one command at a time runs over telnet and serial lines.");
        }
        switch (watch.kind()) {
            case LOGCAT -> possible(station.system() == OperatingSystem.ANDROID);
            case FOLLOW_FILE -> {
                possible(station.hasShell());
                followed("a file");
            }
            case FOLLOW_COMMAND -> followed("a program and its arguments");
            case PING, NET_DEV, CPU, SIGNAL, BATTERY -> {}
        }
    }

    private void followed(String what) {
        if (watch.arguments().isEmpty() || watch.arguments().getFirst().startsWith("-")) {
            problems.add(watch.kind() + " on " + station.name() + " needs " + what + " to follow.");
        }
    }

    private boolean isFollowing() {
        return switch (watch.kind()) {
            case FOLLOW_FILE, FOLLOW_COMMAND, LOGCAT -> true;
            case PING, NET_DEV, CPU, SIGNAL, BATTERY -> false;
        };
    }

    private void possible(boolean isPossible) {
        if (!isPossible) {
            problems.add(
                    watch.kind() + " cannot be watched on " + station.name() + ": not on " + station.system() + ".");
        }
    }
}
