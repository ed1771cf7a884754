import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// One test of one client and one server, by the client's report.
///
/// @param rate Gbit/s or thousand datagrams per second, delivered
/// @param lostPercent of datagrams; NaN for TCP
/// @param cpu percent of one processor of both ends, by their own count, per Gbit/s; NaN if not stated
/// @param windowOff furthest that an inner report of 100 ms is from the rate asked for, in percent; NaN if none was
/// @param secondsOff difference of both ends' seconds in percent of the sender's; NaN if not stated
record TestRun(double rate, double lostPercent, double cpu, double windowOff, double secondsOff) {
    /// A result of which no more is known.
    static TestRun of(double rate, double lostPercent, double cpu) {
        return new TestRun(rate, lostPercent, cpu, Double.NaN, Double.NaN);
    }

    private static final int EXTRA_SECONDS = 20;
    private static final List<String> TABLES =
            List.of("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6");

    /// States of a TCP socket that listens, and of a UDP socket that is not connected.
    private static final Pattern LISTENING = Pattern.compile(" 0A | 07 ");

    private static final List<Process> RUNNING = new ArrayList<>();

    /// Runs a test, with a fresh server.
    ///
    /// @throws IOException with the reason, if there is no result
    static TestRun of(Peer client, Peer server, Row row, List<String> options, int seconds, Machine machine, boolean isVeth)
            throws IOException, InterruptedException {
        int port = freePort();
        String[] far = machine.prefix(isVeth, true);
        Process serving = start(far, server.file(), server.server(port, row).toArray(String[]::new));
        try {
            awaitListening(far, port, serving);
            List<String> words = client.client(Machine.address(isVeth), port, seconds, options);
            String[] near = machine.prefix(isVeth, false);
            return client.parse(run(start(near, client.file(), words.toArray(String[]::new)), seconds), row);
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
                    ? String.join("", TABLES.stream().map(TestRun::table).toList())
                    : tables(prefix);
            if (tables.lines().anyMatch(line -> line.contains(end) && LISTENING.matcher(line).find())) {
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
        command.add("cat");
        command.addAll(TABLES);
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static String run(Process client, int seconds) throws IOException, InterruptedException {
        // a thread of its own: the common pool has too few for many tests at the same time
        var output = new FutureTask<>(() -> new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        Thread.startVirtualThread(output);
        try {
            return output.get(seconds + EXTRA_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the client did not end", e);
        } catch (ExecutionException e) {
            throw new IOException("the client's output could not be read", e);
        } finally {
            stop(client); // which closes its output, so not before it is read
        }
    }
}
