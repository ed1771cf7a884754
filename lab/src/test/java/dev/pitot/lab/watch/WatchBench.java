package dev.pitot.lab.watch;

import dev.pitot.lab.time.MachineClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Watches of one node, with files in memory.
final class WatchBench implements AutoCloseable {
    private static final Pace QUICK = new Pace(Duration.ofSeconds(4), Duration.ofMillis(50), Duration.ofMillis(100));

    private final MemoryFiles files;
    private final Told told = new Told();
    private final WatchSet watches;

    WatchBench(Station station, Watch... watches) {
        this(new MemoryFiles(), QUICK, station, watches);
    }

    WatchBench(MemoryFiles files, Pace pace, Station station, Watch... watches) {
        this.files = files;
        // the wall clock stands a minute after the first line of a script
        var clocks = new Clocks(new MachineClock(), InstantSource.fixed(ScriptedConnection.BEGIN.plusSeconds(60)));
        this.watches = new WatchSet(
                List.of(watches),
                name -> name.equals(station.name()) ? station : null,
                told,
                new WatcherMaker(files, told, clocks, pace));
        this.watches.start();
    }

    static Watch watch(Watch.Kind kind, String... arguments) {
        return new Watch(kind, "tate", Duration.ofMillis(100), List.of(arguments));
    }

    Told told() {
        return told;
    }

    String text(String name) {
        return files.text(name);
    }

    MemoryFiles files() {
        return files;
    }

    /// Ends the watches, so that their files are whole.
    void stop() {
        watches.close();
    }

    @Override
    public void close() {
        stop();
    }
}
