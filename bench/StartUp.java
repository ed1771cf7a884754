import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Start-up times and memory of programs that are used like iperf3, beside each other:
///
///     java bench/StartUp.java dist/target/tree/bin/pitot ./pitot iperf3
///
/// Programs take turns, and the medians are printed: the time of `--version` and of a client that sends 1 MB
/// to a server of the same program, from start to exit; and the resident memory of an idle server and of a
/// client with one stream, after a second. Nothing else should run on the machine meanwhile.
final class StartUp {
    private static final int RUNS = 11;

    private final String program;
    private final List<Double> version = new ArrayList<>();
    private final List<Double> megabyte = new ArrayList<>();
    private final List<Double> idleServer = new ArrayList<>();
    private final List<Double> stream = new ArrayList<>();

    private StartUp(String program) {
        this.program = program;
    }

    public static void main(String[] programs) throws IOException, InterruptedException {
        List<StartUp> measured = Arrays.stream(programs).map(StartUp::new).toList();
        for (int run = -1; run < RUNS; run++) { // the first fills the system's caches
            for (StartUp each : measured) {
                each.measure();
                if (run < 0) {
                    each.forget();
                }
            }
        }
        System.out.printf("%-40s %14s %14s %14s %14s%n", "", "--version", "-c -n 1M", "idle server", "1 stream");
        for (StartUp each : measured) {
            System.out.printf(
                    "%-40s %11.0f ms %11.0f ms %11.1f MB %11.1f MB%n",
                    each.program,
                    median(each.version),
                    median(each.megabyte),
                    median(each.idleServer),
                    median(each.stream));
        }
    }

    private void measure() throws IOException, InterruptedException {
        String port = freePort();
        String[] client = {"-c", "127.0.0.1", "-p", port, "-n", "1M"};
        Process server = start("-s", "-p", port);
        try {
            awaitListener(Integer.parseInt(port));
            TimeUnit.SECONDS.sleep(1);
            idleServer.add(residentMegabytes(server));
            version.add(milliseconds("--version"));
            start(client).waitFor(); // a server's first test takes longer than the client
            TimeUnit.SECONDS.sleep(1); // iperf3's server is busy for a moment after a test
            megabyte.add(milliseconds(client));
            TimeUnit.SECONDS.sleep(1);
            Process sending = start("-c", "127.0.0.1", "-p", port, "-t", "2");
            TimeUnit.SECONDS.sleep(1);
            stream.add(residentMegabytes(sending));
            sending.waitFor();
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private void forget() {
        List.of(version, megabyte, idleServer, stream).forEach(List::clear);
    }

    private double milliseconds(String... arguments) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int code = start(arguments).waitFor();
        double taken = (System.nanoTime() - start) / 1e6;
        if (code != 0) {
            throw new IOException(program + " " + String.join(" ", arguments) + " ended with exit code " + code);
        }
        return taken;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD) // servers say by which signal they ended
                .start();
    }

    /// Resident memory now, shared pages of the program's files included (proc(5): VmRSS).
    private static double residentMegabytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0) * 1024 / 1e6;
    }

    /// Waits for a listener without connecting to it, which would count as a client.
    private static void awaitListener(int port) throws IOException, InterruptedException {
        String local = "%04X".formatted(port);
        for (int i = 0; i < 1000; i++) {
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                if (Files.readAllLines(Path.of(table)).stream()
                        .map(line -> line.strip().split(" +", -1))
                        .anyMatch(words -> words[1].endsWith(":" + local) && words[3].equals("0A"))) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new IOException("no server listens on port " + port);
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
