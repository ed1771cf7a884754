import dev.pitot.testkit.Bottleneck;
import dev.pitot.testkit.Bottleneck.Shaper;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.DelayedLink;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.NamespacePath;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.QueueHistory;
import dev.pitot.testkit.QueueReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Accuracy of Pitot's latency figures: against the length of a queue that the kernel counts in bytes, in network
/// namespaces of its own, and against a relay of known delay. Prints tables in Markdown. Linux, root.
///
///     java -cp 'testkit/target/classes:model/target/classes' bench/Latency.java truth
///     java -cp 'testkit/target/classes:model/target/classes' bench/Latency.java table [seconds] [loads]
///     java -cp 'testkit/target/classes:model/target/classes' bench/Latency.java relay [seconds]
///
/// `truth` asks first whether the length of the queue is the truth: it compares it with what `ping` and stock iperf3 see at
/// the same time. `table` compares Pitot's figures (`./pitot`) with it, under the loads `TCP,-R,--bidir,-u,-u -R` or some of
/// them (20 minutes for all); `relay` with the relay's delay.
///
/// Known differences, none of which is an error: a packet of 1514 bytes takes 1.2 ms at 10 Mbit/s, 0.12 ms at 100 Mbit/s.
/// TCP's receiver acknowledges every second packet, and the sender counts from the first of the two: one packet more than the
/// queue. A ping waits for the rest of the packet that is being sent, which the queue counts whole: half a packet less.
/// HTB counts the packet that is being sent as gone, TBF as waiting: HTB's queues are one packet shorter for the same delay.
/// And a ping that finds the queue full is lost, which leaves the shorter ones.
final class Latency {
    private static final NamespaceSide CLIENT = NamespaceSide.CLIENT;
    private static final NamespaceSide SERVER = NamespaceSide.SERVER;
    private static final Pattern PING = Pattern.compile("\\[([0-9.]+)\\].*time=([0-9.]+) ms");
    private static final Pattern RTT = Pattern.compile("\"end\":\\s*([0-9.]+),[^{}]*?\"rtt\":\\s*(\\d+)");
    private static final double RELATIVE_TOLERANCE = 0.05;
    private static final double TOLERANCE_MILLIS = 2;
    private static final double FLOOR_TOLERANCE_MILLIS = 0.2;
    private static final int CUT_SECONDS = 2; // TCP's start, which Pitot leaves out as well

    private Latency() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String what = arguments.length > 0 ? arguments[0] : "table";
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        switch (what) {
            case "truth" -> truth(seconds);
            case "table" -> table(seconds, arguments.length > 2 ? arguments[2] : "TCP,-R,--bidir,-u,-u -R");
            case "relay" -> relay(seconds);
            default -> throw new IllegalArgumentException("no such table: " + what + "; choose truth, table or relay");
        }
    }

    private static List<Bottleneck> lines() {
        List<Bottleneck> lines = new ArrayList<>();
        for (long megabits : List.of(10L, 50L, 100L)) {
            for (int buffer : List.of(5, 50, 200)) {
                Shaper shaper = Shaper.values()[lines.size() % 2]; // by turns
                lines.add(new Bottleneck(shaper, megabits * 1_000_000, Duration.ofMillis(buffer)));
            }
        }
        return lines;
    }

    /// Compares the queue's length with what `ping` and iperf3 see: each ping with the reading of the moment at which it left, each round trip of iperf3's with the reading of the moment at which its packet left.
    private static void truth(int seconds) throws IOException, InterruptedException {
        System.out.println("| line | rate measured, Mbit/s | queue p50, ms | iperf3's rtt p50 | rtt − queue then, p50 | ping − queue then, p50 |");
        System.out.println("|---|---|---|---|---|---|");
        for (Bottleneck line : lines()) {
            try (var path = NamespacePath.create()) {
                path.slow(SERVER, line);
                String server = path.address(SERVER);
                List<String> ping = List.of("ping", "-D", "-n", "-i", "0.05", "-c", Integer.toString(seconds * 20), server);
                List<String> load = Iperf3.command("-c", server, "-C", "cubic", "-J", "-i", "0.1", "-t", Integer.toString(seconds));
                try (var serving = path.server(5201, Iperf3.command("-s", "-1"));
                        var queue = path.queue(SERVER);
                        var client = path.start(CLIENT, load);
                        var pinging = path.start(CLIENT, ping)) {
                    String json = client.awaitExit().stdout();
                    String pings = pinging.awaitExit().stdout();
                    QueueHistory loaded = loaded(queue);
                    double truth = millis(line, loaded.backlog(0.5));
                    long began = queue.history().loaded().readings().getFirst().nanoTime();
                    long wallMinusNano = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
                    List<Double> rtts = new ArrayList<>();
                    List<Double> ofRtts = new ArrayList<>();
                    for (MatchResult found : RTT.matcher(json).results().skip(CUT_SECONDS * 10).toList()) {
                        double millis = Double.parseDouble(found.group(2)) / 1000;
                        rtts.add(millis);
                        at(loaded, (long) (began + Double.parseDouble(found.group(1)) * 1e9 - millis * 1e6))
                                .ifPresent(bytes -> ofRtts.add(millis - millis(line, bytes)));
                    }
                    List<Double> ofPings = new ArrayList<>();
                    for (MatchResult found : PING.matcher(pings).results().toList()) {
                        double millis = Double.parseDouble(found.group(2));
                        at(loaded, (long) (Double.parseDouble(found.group(1)) * 1e9 - millis * 1e6) - wallMinusNano)
                                .ifPresent(bytes -> ofPings.add(millis - millis(line, bytes)));
                    }
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %.1f | %.2f | %s | %s | %s |%n",
                            name(line),
                            loaded.bitsPerSecond() / 1e6,
                            truth,
                            difference(median(rtts), truth),
                            medianOf(ofRtts),
                            medianOf(ofPings));
                }
            }
        }
    }

    /// Length of the queue in bytes at a moment; empty if it was not read within 10 ms of it.
    private static OptionalLong at(QueueHistory history, long nanoTime) {
        return history.readings().stream()
                .min(Comparator.comparingLong(reading -> Math.abs(reading.nanoTime() - nanoTime)))
                .filter(reading -> Math.abs(reading.nanoTime() - nanoTime) < 10_000_000)
                .stream()
                .mapToLong(QueueHistory.Reading::backlogBytes)
                .findFirst();
    }

    private static String medianOf(List<Double> differences) {
        return String.format(Locale.ROOT, "%+.2f ms of %d", median(differences), differences.size());
    }

    private static void table(int seconds, String loads) throws IOException, InterruptedException {
        System.out.println("| server | load | line | idle: ping | Pitot | loaded p50: queue | Pitot | p95: queue | Pitot | grade | method | |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (Bottleneck line : lines()) {
            for (boolean isStock : List.of(false, true)) {
                for (String load : loads.split(",")) {
                    row(seconds, line, isStock, load.equals("TCP") ? "" : load);
                }
            }
        }
    }

    /// Prints a row for each direction that is loaded.
    private static void row(int seconds, Bottleneck line, boolean isStock, String load)
            throws IOException, InterruptedException {
        try (var path = NamespacePath.create()) {
            path.slow(SERVER, line);
            path.slow(CLIENT, line);
            String host = path.address(SERVER);
            double idle = lowestPing(path, host);
            List<String> serve = isStock ? Iperf3.command("-s", "-1") : List.of(pitot(), "-s", "-1");
            try (var server = path.server(5201, serve);
                    var up = path.queue(SERVER);
                    var down = path.queue(CLIENT);
                    var client = path.start(CLIENT, client(host, 5201, seconds, load, line.bitsPerSecond() * 6 / 5))) {
                ChildProcess.Exit exit = client.awaitExit();
                if (exit.code() != 0) {
                    throw new IOException(client.toString());
                }
                String name = "| " + (isStock ? "iperf3" : "Pitot") + " | " + (load.isEmpty() ? "TCP" : load) + " | " + name(line);
                Figures all = Figures.of(exit.stdout());
                for (Map.Entry<String, QueueReader> direction : Map.of("client_to_server", up, "server_to_client", down).entrySet()) {
                    if (all.section(direction.getKey()).isEmpty()) {
                        continue;
                    }
                    QueueHistory loaded = loaded(direction.getValue());
                    if (load.equals("--bidir")) { // a round trip goes through both queues
                        loaded = sum(loaded, loaded(direction.getValue() == up ? down : up));
                    }
                    all.print(name, direction.getKey(), idle, millis(line, loaded.backlog(0.5)), millis(line, loaded.backlog(0.95)));
                }
            }
        }
    }

    /// Adds the lengths of two queues at the same moments.
    private static QueueHistory sum(QueueHistory one, QueueHistory other) {
        List<QueueHistory.Reading> readings = new ArrayList<>();
        for (QueueHistory.Reading reading : one.readings()) {
            at(other, reading.nanoTime()).ifPresent(bytes -> readings.add(new QueueHistory.Reading(
                    reading.nanoTime(), reading.backlogBytes() + bytes, 0, reading.sentBytes(), reading.drops())));
        }
        return new QueueHistory(readings);
    }

    /// Compares the idle and loaded round trips of UDP with the delay of a relay, between two Pitots.
    private static void relay(int seconds) throws IOException, InterruptedException {
        System.out.println("| server | load | relay, ms there and back | idle: relay | Pitot | rise p50: relay | Pitot | rise p95: relay | Pitot | grade | method | |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (int millis : List.of(0, 1, 10, 50)) {
            for (String load : List.of("-u", "-u -R")) {
                int port = freePort();
                Process server = new ProcessBuilder(pitot(), "-s", "-1", "-p", Integer.toString(port))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                TimeUnit.SECONDS.sleep(2); // until it listens
                try (var link = DelayedLink.to(port, Duration.ofMillis(millis), Duration.ofMillis(millis / 2));
                        var client = ChildProcess.start(client("127.0.0.1", link.port(), seconds, load, 10_000_000))) {
                    ChildProcess.Exit exit = client.awaitExit();
                    double known = lowestEcho(Duration.ofMillis(millis), Duration.ofMillis(millis / 2));
                    Figures all = Figures.of(exit.stdout());
                    String direction = load.contains("-R") ? "server_to_client" : "client_to_server";
                    all.print("| Pitot | " + load + " | " + millis + ", " + millis / 2, direction, known, 0, 0); // no queue
                } finally {
                    server.destroy();
                    server.waitFor();
                }
            }
        }
    }

    /// Lowest of 200 round trips through a relay of the same delay: the delay, and what the relay itself takes.
    private static double lowestEcho(Duration up, Duration down) throws IOException {
        long lowest = Long.MAX_VALUE;
        try (var echo = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var link = DelayedLink.to(echo.getLocalPort(), up, down);
                var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.connect(InetAddress.getLoopbackAddress(), link.port());
            var packet = new DatagramPacket(new byte[48], 48);
            for (int i = 0; i < 200; i++) {
                long start = System.nanoTime();
                socket.send(packet);
                var arrived = new DatagramPacket(new byte[48], 48);
                echo.receive(arrived);
                echo.send(arrived);
                socket.receive(packet);
                lowest = Math.min(lowest, System.nanoTime() - start);
            }
        }
        return lowest / 1e6;
    }

    /// Pitot's figures in its JSON: the object `end.pitot.latency`.
    private record Figures(String latency) {
        static Figures of(String json) {
            int start = json.indexOf("\"latency\":", Math.max(0, json.indexOf("\"end\":")));
            return new Figures(start < 0 ? "" : json.substring(start));
        }

        /// The object of one direction; empty if it was not loaded.
        String section(String direction) {
            for (String part : latency.split("\"direction\":", -1)) {
                if (part.stripLeading().startsWith("\"" + direction + "\"")) {
                    return part;
                }
            }
            return "";
        }

        static OptionalDouble micros(String text, String key) {
            return Pattern.compile("\"" + key + "\":\\s*([-0-9.e+]+)").matcher(text).results()
                    .mapToDouble(found -> Double.parseDouble(found.group(1)) / 1000)
                    .findFirst();
        }

        static String text(String text, String key) {
            return Pattern.compile("\"" + key + "\":\\s*\"([^\"]*)\"").matcher(text).results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse("–");
        }

        void print(String name, String direction, double idle, double median, double high) {
            String section = section(direction);
            int echo = latency.indexOf("\"udp_echo\""); // its lowest idle round trip is that of the same method
            boolean isEcho = text(section, "method").equals("udp_echo");
            OptionalDouble floor = isEcho ? micros(latency.substring(echo), "min_us") : micros(latency, "idle_us");
            OptionalDouble p50 = micros(section, "p50_us");
            OptionalDouble p95 = micros(section, "p95_us");
            String grade = text(section, "grade");
            boolean isRight = floor.isPresent() && Math.abs(floor.getAsDouble() - idle) <= FLOOR_TOLERANCE_MILLIS
                    && p50.isPresent() && Math.abs(p50.getAsDouble() - median - idle) <= tolerance(median)
                    && (grade.equals(grade(high - tolerance(high))) || grade.equals(grade(high + tolerance(high))));
            String verdict = p50.isEmpty() ? text(section, "not_measurable") : isRight ? "right" : "**wrong**";
            System.out.printf(
                    Locale.ROOT,
                    "%s | %.3f | %s | %.2f | %s | %.2f | %s | %s (%s) | %s | %s |%n",
                    name,
                    idle,
                    floor.isPresent() ? String.format(Locale.ROOT, "%.3f", floor.getAsDouble()) : "–",
                    median,
                    p50.isPresent() ? difference(p50.getAsDouble() - idle, median) : "–",
                    high,
                    p95.isPresent() ? difference(p95.getAsDouble() - idle, high) : "–",
                    grade,
                    grade(high),
                    text(section, "method"),
                    verdict);
        }
    }

    /// Grade of a rise, by the published scale.
    private static String grade(double millis) {
        return millis < 5 ? "A+" : millis < 30 ? "A" : millis < 60 ? "B" : millis < 200 ? "C" : millis < 400 ? "D" : "F";
    }

    private static double tolerance(double millis) {
        return Math.max(TOLERANCE_MILLIS, RELATIVE_TOLERANCE * millis);
    }

    private static List<String> client(String host, int port, int seconds, String load, long datagramRate) {
        List<String> command = new ArrayList<>(List.of(
                pitot(), "-c", host, "-p", Integer.toString(port), "-J", "-t", Integer.toString(seconds)));
        if (!load.isEmpty()) {
            command.addAll(List.of(load.split(" ")));
        }
        command.addAll(
                load.contains("-u")
                        ? List.of("-b", Long.toString(datagramRate), "-l", "1400")
                        : List.of("-C", "cubic"));
        return command;
    }

    private static QueueHistory loaded(QueueReader queue) {
        return queue.history().loaded().after(TimeUnit.SECONDS.toNanos(CUT_SECONDS));
    }

    private static double lowestPing(NamespacePath path, String host) throws IOException, InterruptedException {
        try (var ping = path.start(CLIENT, List.of("ping", "-D", "-n", "-i", "0.05", "-c", "20", host))) {
            return PING.matcher(ping.awaitExit().stdout()).results()
                    .mapToDouble(found -> Double.parseDouble(found.group(2)))
                    .min()
                    .orElseThrow();
        }
    }

    private static String name(Bottleneck line) {
        return line.shaper() + " " + line.bitsPerSecond() / 1_000_000 + " Mbit/s, " + line.buffer().toMillis() + " ms";
    }

    private static String difference(double value, double truth) {
        String relative = truth > 0 ? String.format(Locale.ROOT, ", %+.1f %%", 100 * (value - truth) / truth) : "";
        return String.format(Locale.ROOT, "%.2f (%+.2f ms%s)", value, value - truth, relative);
    }

    private static double millis(Bottleneck line, long bytes) {
        return line.delayOf(bytes).toNanos() / 1e6;
    }

    private static double median(List<Double> values) {
        return values.isEmpty() ? Double.NaN : values.stream().sorted().toList().get(values.size() / 2);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String pitot() {
        return Path.of("pitot").toAbsolutePath().toString();
    }
}
