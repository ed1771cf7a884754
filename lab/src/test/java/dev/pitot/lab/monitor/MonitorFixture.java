package dev.pitot.lab.monitor;

import dev.pitot.lab.plan.Monitor;
import dev.pitot.lab.probe.ScriptedConnection;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.time.MachineClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Watches of one node, with files in memory.
final class MonitorFixture implements AutoCloseable {
    private static final MonitorRunner.ReconnectPolicy QUICK =
            new MonitorRunner.ReconnectPolicy(Duration.ofSeconds(4), Duration.ofMillis(50), Duration.ofMillis(100));

    private final MemoryFiles files;
    private final MonitorEvents told = new MonitorEvents();
    private final MonitorSet monitors;

    MonitorFixture(CommandTarget target, Monitor... watches) {
        this(new MemoryFiles(), QUICK, target, watches);
    }

    MonitorFixture(MemoryFiles files, MonitorRunner.ReconnectPolicy policy, CommandTarget target, Monitor... watches) {
        this.files = files;
        // the wall clock stands a minute after the first line of a script
        var clocks = new Clocks(new MachineClock(), InstantSource.fixed(ScriptedConnection.BEGIN.plusSeconds(60)));
        this.monitors = new MonitorSet(
                List.of(watches), name -> name.equals(target.name()) ? target : null, files, told, clocks, policy);
        this.monitors.start();
    }

    static Monitor watch(Monitor.Kind kind, String... arguments) {
        return new Monitor(kind, "tate", Duration.ofMillis(100), List.of(arguments));
    }

    MonitorEvents told() {
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
        monitors.close();
    }

    @Override
    public void close() {
        stop();
    }
}
