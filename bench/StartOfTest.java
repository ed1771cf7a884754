import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How exactly a test of one second begins and ends, of programs that are used like iperf3, in turn:
///
///     java bench/StartOfTest.java [rounds] dist/target/tree/bin/pitot ./pitot iperf3
///
/// Prints the median and the worst of the first byte of a client after the message that starts the test (this program plays the
/// server); of the difference between the seconds, and the rates, of a client and of its server, which are the same program, or
/// iperf3; and of the first 100 ms against the mean of the others, by the client. Nothing is asserted.
final class StartOfTest {
    private static final Pattern SENT = sum("sum_sent");
    private static final Pattern RECEIVED = sum("sum_received");
    private static final Pattern INTERVAL = sum("sum");
    private static final int PORT = 15_202;

    private StartOfTest() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean hasRounds = args.length > 0 && args[0].matches("\\d+");
        int rounds = hasRounds ? Integer.parseInt(args[0]) : 5;
        List<String> programs = Arrays.asList(args).subList(hasRounds ? 1 : 0, args.length);
        for (String options : List.of("-t 1", "-t 1 -b 20M", "-t 1 -R", "-t 1 -R -b 20M", "-t 1 -u", "-t 1 -u -b 20M")) {
            for (String program : programs) {
                for (String server : program.endsWith("iperf3") ? List.of(program) : List.of(program, "iperf3")) {
                    measure(options, program, server, rounds);
                }
            }
        }
    }

    private static void measure(String options, String program, String server, int rounds)
            throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        List<Double> rate = new ArrayList<>();
        List<Double> beginning = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            if (!options.contains("-R")) { // there the server sends first
                first.add(firstByteMillis(program, options));
            }
            String json = run(program, server, options);
            double[] sent = values(SENT, json).getFirst();
            double[] received = values(RECEIVED, json).getFirst();
            seconds.add(100 * (received[0] / sent[0] - 1));
            rate.add(100 * (received[1] / sent[1] - 1));
            List<double[]> intervals = values(INTERVAL, json);
            double others = intervals.stream().skip(1).limit(8).mapToDouble(values -> values[1]).average().orElse(1);
            beginning.add(100 * (intervals.getFirst()[1] / others - 1));
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s %-24s to %-24s first byte %s ms  seconds %s %%  rate %s %%  first 100 ms %s %%%n",
                options, tail(program), tail(server), text(first), text(seconds), text(rate), text(beginning));
    }

    private static String tail(String program) {
        return program.substring(Math.max(0, program.length() - 24));
    }

    private static String text(List<Double> values) {
        if (values.isEmpty()) {
            return "       –";
        }
        List<Double> sorted = values.stream().sorted().toList();
        double worst = sorted.stream().reduce(0.0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
        return String.format(Locale.ROOT, "%+8.3f (%+.3f)", sorted.get(sorted.size() / 2), worst);
    }

    private static Pattern sum(String name) {
        return Pattern.compile("\"" + name + "\":\\s*\\{\\s*\"start\":[^}]*?\"seconds\":\\s*([-0-9.e+]+),"
                + "\\s*\"bytes\":\\s*\\d+,\\s*\"bits_per_second\":\\s*([-0-9.e+]+)");
    }

    private static List<double[]> values(Pattern pattern, String json) {
        List<double[]> values = new ArrayList<>();
        for (Matcher found = pattern.matcher(json); found.find(); ) {
            values.add(new double[] {Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))});
        }
        return values;
    }

    private static String run(String program, String server, String options) throws IOException, InterruptedException {
        Process serving = start(server, "-s -1", null);
        TimeUnit.MILLISECONDS.sleep(1000); // until it listens
        Path output = Files.createTempFile("start", ".json");
        try {
            start(program, "-c 127.0.0.1 -i 0.1 -J " + options, output).waitFor();
            return Files.readString(output);
        } finally {
            Files.delete(output);
            if (!serving.waitFor(3, TimeUnit.SECONDS)) {
                serving.destroy();
            }
        }
    }

    private static Process start(String program, String arguments, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "-p", Integer.toString(PORT)));
        command.addAll(List.of(arguments.split(" ")));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                output == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(output.toFile()));
        return builder.start();
    }

    /// Plays a server until the first byte of data.
    private static double firstByteMillis(String program, String options) throws IOException, InterruptedException {
        try (var listener = new ServerSocket(PORT, 8, InetAddress.getLoopbackAddress());
                var datagrams = new DatagramSocket(PORT, InetAddress.getLoopbackAddress())) {
            Process client = start(program, "-c 127.0.0.1 " + options, null);
            try (Socket control = listener.accept()) {
                control.setTcpNoDelay(true);
                OutputStream out = control.getOutputStream();
                var in = new DataInputStream(control.getInputStream());
                in.readNBytes(37); // the cookie
                out.write(9); // PARAM_EXCHANGE
                in.readNBytes(in.readInt());
                out.write(10); // CREATE_STREAMS
                return options.contains("-u") ? ofDatagrams(datagrams, out) : ofBytes(listener, out);
            } finally {
                client.destroy();
                client.waitFor();
            }
        }
    }

    private static double ofDatagrams(DatagramSocket datagrams, OutputStream control) throws IOException {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        datagrams.receive(packet);
        byte[] reply = "6789".getBytes(StandardCharsets.US_ASCII);
        datagrams.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        control.write(new byte[] {1, 2}); // TEST_START, TEST_RUNNING
        long start = System.nanoTime();
        datagrams.receive(packet);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double ofBytes(ServerSocket listener, OutputStream control) throws IOException {
        try (Socket data = listener.accept()) {
            data.getInputStream().readNBytes(37);
            control.write(new byte[] {1, 2}); // TEST_START, TEST_RUNNING
            long start = System.nanoTime();
            data.getInputStream().read();
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
