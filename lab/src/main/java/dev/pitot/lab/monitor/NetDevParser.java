package dev.pitot.lab.monitor;

import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.probe.Poller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The counters of `/proc/net/dev`, as differences per second by the node's own clock
/// (`/proc/uptime`).
///
/// A counter of bytes that falls has wrapped at 2^32, as those of 32-bit kernels do, if it was
/// above 2^31; otherwise, and whenever the count of packets falls, the interface was restarted
/// and this reading is absent.
final class NetDevParser implements MetricParser {
    static final List<String> COMMAND = List.of("cat", "/proc/uptime", "/proc/net/dev");

    /// The 13 counters of apetools; `compressed` and `multicast` are not among them.
    private static final List<String> COUNTERS = List.of(
            "rx_bytes",
            "rx_packets",
            "rx_errs",
            "rx_drop",
            "rx_fifo",
            "rx_frame",
            "tx_bytes",
            "tx_packets",
            "tx_errs",
            "tx_drop",
            "tx_fifo",
            "tx_colls",
            "tx_carrier");

    /// Where they stand behind the name of the interface (net/core/net-procfs.c).
    private static final int[] PLACES = {0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14};

    private static final int FIELDS = 16;
    private static final int RX_PACKETS = 1;
    private static final int TX_PACKETS = 7;
    private static final long WRAP = 1L << 32;

    private final String node;
    private final @Nullable String networkInterface;
    private final Map<String, Count> before = new HashMap<>();

    private record Count(long millis, List<Long> values) {}

    /// A gauge without readings.
    ///
    /// @param networkInterface null for all but `lo`, in rows of their own
    NetDevParser(String node, @Nullable String networkInterface) {
        this.node = node;
        this.networkInterface = networkInterface;
    }

    @Override
    public String header() {
        return "timestamp," + (networkInterface == null ? "interface," : "") + String.join(",", COUNTERS);
    }

    @Override
    public void forget() {
        before.clear();
    }

    @Override
    public void onBlock(Poller.Block block, MonitorLog log) {
        long millis = millis(block);
        Map<String, Count> now = new TreeMap<>();
        for (String line : block.lines()) {
            int colon = line.lastIndexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            List<Long> values = colon < 0 ? null : values(line.substring(colon + 1));
            if (values != null && isSelected(name)) {
                now.put(name, new Count(millis, values));
            }
        }
        if (now.isEmpty()) {
            log.remark(
                    block.arrival(),
                    node + " reports no counters of " + (networkInterface == null ? "its interfaces" : networkInterface)
                            + ": see /proc/net/dev there.");
            return;
        }
        log.contact(block.arrival());
        now.forEach((name, count) -> log(block.arrival(), name, count, log));
        before.clear();
        before.putAll(now);
    }

    private boolean isSelected(String name) {
        return networkInterface == null ? !name.equals("lo") : name.equals(networkInterface);
    }

    private void log(Instant at, String name, Count count, MonitorLog log) {
        Count old = before.get(name);
        if (old == null || count.millis() <= old.millis() || hasRestarted(old, count)) {
            return;
        }
        List<String> cells = new ArrayList<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 0; i < COUNTERS.size(); i++) {
            Double rate = rate(old, count, i);
            cells.add(NumberText.text(rate));
            if (rate != null) {
                figures.put((networkInterface == null ? name + "." : "") + COUNTERS.get(i) + "_per_second", rate);
            }
        }
        log.row(at, (networkInterface == null ? name + "," : "") + String.join(",", cells), figures);
    }

    private static boolean hasRestarted(Count old, Count now) {
        return now.values().get(RX_PACKETS) < old.values().get(RX_PACKETS)
                || now.values().get(TX_PACKETS) < old.values().get(TX_PACKETS);
    }

    private static @Nullable Double rate(Count old, Count now, int counter) {
        long first = old.values().get(counter);
        long second = now.values().get(counter);
        double seconds = (now.millis() - old.millis()) / 1e3;
        if (second >= first) {
            return (second - first) / seconds;
        }
        return first >= WRAP / 2 && first < WRAP ? (second + WRAP - first) / seconds : null;
    }

    /// The node's time since it was started; where it does not report it, the time of arrival.
    private static long millis(Poller.Block block) {
        String first = block.lines().isEmpty() ? "" : block.lines().getFirst();
        Double uptime =
                first.contains(":") ? null : NumberText.parsed(first.strip().split(" ", 2)[0]);
        return uptime == null ? block.arrival().toEpochMilli() : Math.round(uptime * 1e3);
    }

    private static @Nullable List<Long> values(String text) {
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length < FIELDS) {
            return null;
        }
        List<Long> values = new ArrayList<>();
        for (int place : PLACES) {
            if (!fields[place].matches("[0-9]{1,18}")) {
                return null;
            }
            values.add(Long.parseLong(fields[place]));
        }
        return values;
    }
}
