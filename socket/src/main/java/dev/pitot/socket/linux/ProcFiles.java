package dev.pitot.socket.linux;

import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reader of counters in /proc (proc(5)). A file that is missing or has another form makes its values
/// absent.
final class ProcFiles {
    /// Those of this host.
    static final ProcFiles SYSTEM = new ProcFiles(Path.of("/proc"));

    private static final int SOFTNET_DROPPED_COLUMN = 1;
    private static final int SOFTNET_SQUEEZED_COLUMN = 2;
    private static final int RECEIVE_DROP_COLUMN = 3;
    private static final int SEND_DROP_COLUMN = 11;
    private static final int DEVICE_COLUMNS = 16;
    private static final int FIRST_THREADS = 50;
    private static final int DECIMAL = 10;
    private static final int HEX = 16;

    private final Path threads;
    private final Path net;

    /// @param proc where procfs is mounted
    ProcFiles(Path proc) {
        threads = proc.resolve("self/task");
        net = proc.resolve("thread-self/net"); // of the thread's network namespace
    }

    /// Returns the times of a thread: the first two numbers of its schedstat.
    Evidence.@Nullable ThreadTimes threadTimes(long threadId) {
        List<String> lines = lines(threads.resolve(threadId + "/schedstat"));
        String[] numbers = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ");
        Long running = number(numbers, 0, DECIMAL);
        Long waiting = number(numbers, 1, DECIMAL);
        return running == null || waiting == null ? null : new Evidence.ThreadTimes(running, waiting, 0);
    }

    /// True if a thread whose name begins with `name` runs or waits for a processor. Looks at the first threads of
    /// this process only, such as those that the JVM itself started: a program may have thousands.
    boolean hasRunnableThread(String name) {
        String[] all = threads.toFile().list(); // in the order of their starts
        return all != null
                && Arrays.stream(all)
                        .limit(FIRST_THREADS)
                        .anyMatch(thread -> isRunnable(threads.resolve(thread + "/stat"), name));
    }

    private static boolean isRunnable(Path stat, String name) {
        List<String> lines = lines(stat); // number (name) state …
        return !lines.isEmpty()
                && lines.getFirst().contains("(" + name)
                && lines.getFirst().contains(") R ");
    }

    KernelValues<HostCounter> hostCounters() {
        var values = new EnumMap<HostCounter, Long>(HostCounter.class);
        List<String> snmp = lines(net.resolve("snmp"));
        List<String> snmp6 = lines(net.resolve("snmp6"));
        List<String> netstat = lines(net.resolve("netstat"));
        add(values, HostCounter.UDP_RECEIVE_BUFFER_ERRORS, column(snmp, "Udp:", "RcvbufErrors"));
        add(values, HostCounter.UDP_RECEIVE_BUFFER_ERRORS, row(snmp6, "Udp6RcvbufErrors"));
        add(values, HostCounter.UDP_SEND_BUFFER_ERRORS, column(snmp, "Udp:", "SndbufErrors"));
        add(values, HostCounter.UDP_SEND_BUFFER_ERRORS, row(snmp6, "Udp6SndbufErrors"));
        add(values, HostCounter.TCP_RECEIVE_COLLAPSED, column(netstat, "TcpExt:", "TCPRcvCollapsed"));
        add(values, HostCounter.TCP_PRUNE_CALLED, column(netstat, "TcpExt:", "PruneCalled"));
        add(values, HostCounter.TCP_RECEIVE_PRUNED, column(netstat, "TcpExt:", "RcvPruned"));
        for (String line : lines(net.resolve("softnet_stat"))) {
            String[] numbers = line.split(" ");
            add(values, HostCounter.SOFTNET_DROPPED, number(numbers, SOFTNET_DROPPED_COLUMN, HEX));
            add(values, HostCounter.SOFTNET_SQUEEZED, number(numbers, SOFTNET_SQUEEZED_COLUMN, HEX));
        }
        for (String line : lines(net.resolve("dev"))) {
            String[] numbers = words(line.substring(line.indexOf(':') + 1));
            if (line.indexOf(':') > 0 && numbers.length >= DEVICE_COLUMNS) {
                add(values, HostCounter.INTERFACE_RECEIVE_DROPS, number(numbers, RECEIVE_DROP_COLUMN, DECIMAL));
                add(values, HostCounter.INTERFACE_SEND_DROPS, number(numbers, SEND_DROP_COLUMN, DECIMAL));
            }
        }
        return KernelValues.of(HostCounter.class, values);
    }

    private static void add(Map<HostCounter, Long> values, HostCounter counter, @Nullable Long value) {
        if (value != null) {
            values.merge(counter, value, Long::sum);
        }
    }

    /// Returns a value of a table that has two lines per protocol: the names, then the values.
    private static @Nullable Long column(List<String> lines, String protocol, String name) {
        List<String> both =
                lines.stream().filter(line -> line.startsWith(protocol)).toList();
        if (both.size() < 2) {
            return null;
        }
        int index = Arrays.asList(words(both.get(0))).indexOf(name);
        return index < 0 ? null : number(words(both.get(1)), index, DECIMAL);
    }

    /// Returns a value of a table that has one line per value.
    private static @Nullable Long row(List<String> lines, String name) {
        return lines.stream()
                .map(ProcFiles::words)
                .filter(words -> words[0].equals(name))
                .findFirst()
                .map(words -> number(words, 1, DECIMAL))
                .orElse(null);
    }

    private static String[] words(String line) {
        return line.strip().split("\\s+");
    }

    private static @Nullable Long number(String[] words, int index, int radix) {
        try {
            return index < words.length ? Long.valueOf(words[index], radix) : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException | SecurityException _) { // no such kernel, or no right to read it
            return List.of();
        }
    }
}
