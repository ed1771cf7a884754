package dev.pitot.engine.interval;

import dev.pitot.model.result.CpuUsage;
import dev.pitot.socket.ProcessTimes;
import dev.pitot.socket.SocketFamily;

/// Meter of this process's CPU time since its start, in percent of one core.
public final class CpuMeter {
    private static final double PERCENT = 100;

    private final SocketFamily family;
    private ProcessTimes startTimes;
    private long startNanos;

    public CpuMeter(SocketFamily family) {
        this.family = family;
        startTimes = family.processTimes();
    }

    /// Starts the measurement.
    public void start(long nowNanos) {
        startTimes = family.processTimes();
        startNanos = nowNanos;
    }

    public CpuUsage usage(long nowNanos) {
        ProcessTimes now = family.processTimes();
        double wall = Math.max(1, nowNanos - startNanos);
        return new CpuUsage(
                PERCENT * (now.totalNanos() - startTimes.totalNanos()) / wall,
                PERCENT * (now.userNanos() - startTimes.userNanos()) / wall,
                PERCENT * (now.systemNanos() - startTimes.systemNanos()) / wall);
    }
}
