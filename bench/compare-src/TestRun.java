import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One test of one client and one server, from the client's JSON document.
///
/// @param rate Gbit/s or thousand datagrams per second, delivered
/// @param lostPercent of datagrams; NaN for TCP
/// @param cpu percent of one processor of both ends, by their own count, per Gbit/s
/// @param secondsOff difference of both ends' seconds in percent of the sender's
record TestRun(double rate, double lostPercent, double cpu, double secondsOff) {
    private static final int EXTRA_SECONDS = 20;
    private static final List<Process> RUNNING = new ArrayList<>();

    /// Runs a test, with a fresh server.
    ///
    /// @throws IOException with the reason, if there is no result
    static TestRun of(Peer client, Peer server, List<String> options, int seconds, Machine machine, boolean isVeth)
            throws IOException, InterruptedException {
        int port = freePort();
        Process serving = start(machine.prefix(isVeth, true), server.file(), "-s", "-1", "-p", Integer.toString(port));
        try {
            awaitListening(machine.prefix(isVeth, true), port, serving);
            var words = new ArrayList<>(List.of("-c", Machine.address(isVeth), "-p", Integer.toString(port), "-J"));
            words.addAll(List.of("-t", Integer.toString(seconds)));
            words.addAll(options);
            if (client.isPitot()) {
                words.add("--no-idle-probe"); // two seconds of silence before and after: the rate is the same
            }
            return parse(run(start(machine.prefix(isVeth, false), client.file(), words.toArray(String[]::new)), seconds));
        } finally {
            stop(serving);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static Process start(String[] prefix, Path program, String... words) throws IOException {
        var command = new ArrayList<>(List.of(prefix));
        command.add(program.toString());
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        synchronized (RUNNING) {
            RUNNING.add(process);
        }
        return process;
    }

    /// Ends a process and those that it has started.
    static void stop(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor();
        synchronized (RUNNING) {
            RUNNING.remove(process);
        }
    }

    /// Ends what is still running, when the bench is interrupted.
    static void stopAll() {
        synchronized (RUNNING) {
            RUNNING.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
            RUNNING.forEach(Process::destroyForcibly);
        }
    }

    /// Looks for the listening socket in the table of its namespace, so that the server sees no connection.
    static void awaitListening(String[] prefix, int port, Process server) throws IOException, InterruptedException {
        String end = ":%04X ".formatted(port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(EXTRA_SECONDS);
        while (System.nanoTime() < deadline && server.isAlive()) {
            String tables = prefix.length == 0
                    ? table("/proc/net/tcp") + table("/proc/net/tcp6")
                    : tables(prefix);
            if (tables.lines().anyMatch(line -> line.contains(end) && line.contains(" 0A "))) {
                return;
            }
            Thread.sleep(20);
        }
        throw new IOException("the server did not start");
    }

    private static String table(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tables(String[] prefix) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of("cat", "/proc/net/tcp", "/proc/net/tcp6"));
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static String run(Process client, int seconds) throws IOException, InterruptedException {
        var output = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        });
        boolean hasEnded = client.waitFor(seconds + EXTRA_SECONDS, TimeUnit.SECONDS);
        stop(client);
        if (!hasEnded) {
            throw new IOException("the client did not end");
        }
        return output.join();
    }

    private static TestRun parse(String text) throws IOException {
        if (!text.startsWith("{")) {
            throw new IOException("no document");
        }
        Object document = Json.parse(text);
        if (Json.get(document, "error") instanceof String error) {
            throw new IOException(error);
        }
        Object end = Json.get(document, "end");
        double sent = Json.number(end, "sum_sent", "seconds");
        double received = Json.number(end, "sum_received", "seconds");
        double processor = Json.number(end, "cpu_utilization_percent", "host_total")
                + Json.number(end, "cpu_utilization_percent", "remote_total");
        List<?> streams = Json.list(end, "streams");
        boolean isUdp = Json.get(end, "streams", 0, "udp") != null;
        double gigabits = 0;
        double packets = 0;
        double lost = 0;
        double seconds = received;
        for (int i = 0; i < streams.size(); i++) {
            if (isUdp) {
                packets += Json.number(end, "streams", i, "udp", "packets");
                lost += Json.number(end, "streams", i, "udp", "lost_packets");
                seconds = Json.number(end, "streams", i, "udp", "seconds");
                gigabits += Json.number(end, "streams", i, "udp", "bytes") * 8e-9;
            } else {
                gigabits += Json.number(end, "streams", i, "receiver", "bytes") * 8e-9;
            }
        }
        double rate = isUdp ? (packets - lost) / seconds / 1000 : gigabits / seconds;
        if (!(rate > 0)) {
            throw new IOException("nothing was delivered");
        }
        double off = isUdp && received != received ? Double.NaN : 100 * Math.abs(received - sent) / sent;
        return new TestRun(rate, isUdp ? 100 * lost / packets : Double.NaN, processor / (gigabits / seconds), off);
    }
}
