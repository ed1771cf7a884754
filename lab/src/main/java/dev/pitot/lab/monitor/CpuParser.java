package dev.pitot.lab.monitor;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.probe.Poller;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How busy all processors are together, in percent: what is neither idle nor waiting for
/// storage.
final class CpuParser implements MetricParser {
    /// `/proc/stat` (proc(5)): user nice system idle iowait irq softirq steal; guests are in
    /// user.
    private static final int FIELDS = 8;

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final Pattern MACOS_IDLE = Pattern.compile("CPU usage:.*?([0-9.]+)% idle");
    private static final Pattern NUMBER = Pattern.compile("\\s*([0-9.]+)\\s*");

    private final String node;
    private @Nullable Ticks before;

    private record Ticks(long all, long idle) {}

    CpuParser(String node) {
        this.node = node;
    }

    /// How a system is asked; null if it cannot be.
    static @Nullable List<String> command(OperatingSystem system) {
        return switch (system) {
            case LINUX, ANDROID -> List.of("cat", "/proc/stat");
            case MACOS -> List.of("top", "-l", "2", "-n", "0", "-s", "1");
            case WINDOWS ->
                List.of(
                        "powershell",
                        "-NoProfile",
                        "-Command",
                        "(Get-CimInstance Win32_Processor | Measure-Object -Average LoadPercentage).Average");
            case IOS -> null;
        };
    }

    @Override
    public String header() {
        return "timestamp,cpu_percent";
    }

    @Override
    public void forget() {
        before = null;
    }

    @Override
    public void onBlock(Poller.Block block, MonitorLog log) {
        Ticks now = ticks(block.lines());
        Double percent = now == null ? reported(block.lines()) : percent(now);
        if (percent != null) {
            log.row(block.arrival(), NumberText.text(percent), Map.of("cpu_percent", percent));
        } else if (now == null) {
            log.remark(block.arrival(), node + " does not report how busy its processors are.");
        } else {
            log.contact(block.arrival());
        }
    }

    private @Nullable Double percent(Ticks now) {
        Ticks old = before;
        before = now;
        if (old == null || now.all() <= old.all() || now.idle() < old.idle()) {
            return null; // the first, or the node was started again
        }
        return 100.0 * (now.all() - old.all() - (now.idle() - old.idle())) / (now.all() - old.all());
    }

    private static @Nullable Ticks ticks(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("cpu ")) {
                return ticks(line);
            }
        }
        return null;
    }

    private static @Nullable Ticks ticks(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        long all = 0;
        long idle = 0;
        for (int i = 0; i < FIELDS && i + 1 < fields.length; i++) {
            if (!fields[i + 1].matches("[0-9]{1,17}")) {
                return null;
            }
            long ticks = Long.parseLong(fields[i + 1]);
            all += ticks;
            idle += i == IDLE || i == IO_WAIT ? ticks : 0;
        }
        return new Ticks(all, idle);
    }

    /// A share that the system has worked out itself; the last one counts, as macOS' first is
    /// since its start.
    private static @Nullable Double reported(List<String> lines) {
        Double percent = null;
        for (String line : lines) {
            Matcher idle = MACOS_IDLE.matcher(line);
            Matcher number = NUMBER.matcher(line);
            if (idle.find()) {
                Double share = NumberText.parsed(idle.group(1));
                percent = share == null ? percent : Double.valueOf(100 - share);
            } else if (number.matches()) {
                percent = NumberText.parsed(number.group(1));
            }
        }
        return percent;
    }
}
