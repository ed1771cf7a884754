import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;

/// This machine: its description, whether it is idle, and the network paths of the tests.
final class Machine implements AutoCloseable {
    private static final double IDLE = 0.05; // part of the processors' time that others may use
    private static final int MAX_WAIT_SECONDS = 60;

    private final String near = "pitot-cmp-a" + ProcessHandle.current().pid();
    private final String far = "pitot-cmp-b" + ProcessHandle.current().pid();
    private boolean hasPair;

    static String description() throws IOException, InterruptedException {
        String model = Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("?");
        String memory = Files.readString(Path.of("/proc/meminfo")).lines().findFirst().orElse("");
        long gib = Math.round(Long.parseLong(memory.replaceAll("\\D", "")) / 1048576.0);
        return "%s: Linux %s, %s × %s, %s GiB, congestion control %s, net.core.rmem_max %s"
                .formatted(
                        LocalDate.now(),
                        System.getProperty("os.version"),
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        gib,
                        setting("net/ipv4/tcp_congestion_control"),
                        setting("net/core/rmem_max"));
    }

    /// Reads it at once: the kernel gives the rest of a number to nobody.
    private static String setting(String name) throws IOException {
        try (var file = Files.newInputStream(Path.of("/proc/sys", name))) {
            byte[] text = new byte[100];
            return new String(text, 0, Math.max(0, file.read(text)), StandardCharsets.US_ASCII).strip();
        }
    }

    /// Waits until others use little of the processors' time, at most a minute.
    ///
    /// @return the part in use when the wait ended
    static double awaitIdle() throws IOException, InterruptedException {
        double used = used();
        for (int i = 0; i < MAX_WAIT_SECONDS / 2 && used > IDLE; i++) {
            used = used();
        }
        return used;
    }

    /// Part of the processors' time in use over two seconds.
    private static double used() throws IOException, InterruptedException {
        long[] before = times();
        Thread.sleep(2000);
        long[] after = times();
        return 1 - (after[1] - before[1]) / (double) (after[0] - before[0]);
    }

    private static long[] times() throws IOException {
        String line = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
        long[] all = Arrays.stream(line.substring(5).strip().split(" +")).mapToLong(Long::parseLong).toArray();
        return new long[] {Arrays.stream(all).limit(8).sum(), all[3] + all[4]};
    }

    /// Makes two namespaces with a pair of devices between them.
    void makePair() throws IOException, InterruptedException {
        hasPair = true;
        must("ip", "netns", "add", near);
        must("ip", "netns", "add", far);
        must("ip", "link", "add", "pc0", "netns", near, "type", "veth", "peer", "name", "pc1", "netns", far);
        must("ip", "-n", near, "addr", "add", "10.99.0.1/24", "dev", "pc0");
        must("ip", "-n", far, "addr", "add", "10.99.0.2/24", "dev", "pc1");
        must("ip", "-n", near, "link", "set", "pc0", "up");
        must("ip", "-n", far, "link", "set", "pc1", "up");
    }

    private static void must(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("the veth path needs root and network namespaces: " + said);
        }
    }

    /// Words before the command of one end.
    String[] prefix(boolean isVeth, boolean isServer) {
        return isVeth ? new String[] {"ip", "netns", "exec", isServer ? far : near} : new String[0];
    }

    static String address(boolean isVeth) {
        return isVeth ? "10.99.0.2" : "127.0.0.1";
    }

    @Override
    public void close() {
        if (!hasPair) {
            return;
        }
        hasPair = false;
        for (String name : new String[] {near, far}) {
            try {
                new ProcessBuilder("ip", "netns", "del", name).start().waitFor();
            } catch (IOException e) {
                System.err.printf(Locale.ROOT, "compare: remove namespace %s by hand: %s%n", name, e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
