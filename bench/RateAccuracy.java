import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How exactly UDP senders keep to their rate, Pitot and iperf3 in turn, and how much two streams lose. Nothing is
/// asserted: the figures are this machine's, so let nothing else run on it.
///
///     java bench/RateAccuracy.java [rounds] [seconds]
///
/// Prints for each run the average error of what was sent, the worst report of 100 ms, the share of reports that are off by
/// more than 2 %, and the loss. The first and last report of a run are left out of the windows: they are not whole.
public final class RateAccuracy {
    private static final Pattern STREAM_END = Pattern.compile(
            "\"udp\":\\s*\\{[^}]*?\"seconds\":\\s*([-0-9.e+]+),\\s*\"bytes\":\\s*(\\d+)");
    private static final Pattern SUM = Pattern.compile(
            "\"sum\":\\s*\\{\\s*\"start\":\\s*[-0-9.e+]+,\\s*\"end\":\\s*[-0-9.e+]+,\\s*\"seconds\":\\s*([-0-9.e+]+),"
                    + "\\s*\"bytes\":\\s*(\\d+),\\s*\"bits_per_second\":\\s*([-0-9.e+]+)");
    private static final Pattern LOST = Pattern.compile("\"lost_percent\":\\s*([-0-9.e+]+)");
    private static final double WINDOW_TOLERANCE = 0.02;

    private RateAccuracy() {}

    private record Load(String options, double bitsPerSecond) {}

    private record Result(double averageError, double worstWindow, double shareOff, double lostPercent) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        List<Load> loads = List.of(
                new Load("-b 100M", 100e6),
                new Load("-b 1G", 1e9),
                new Load("-b 100M -l 1460", 100e6),
                new Load("-b 1G -l 1460", 1e9),
                new Load("-b 0 -l 1460", 0),
                new Load("-b 0 -l 1460 -P 2", 0));
        List<String> programs = List.of(pitot(), "iperf3");
        System.out.printf("%-20s %-8s %12s %14s %14s %8s%n", "options", "program", "average", "worst 100 ms", "off by > 2 %", "lost");
        for (Load load : loads) {
            for (int round = 0; round < rounds; round++) {
                for (String program : programs) {
                    print(load, program, run(program, load, seconds));
                }
            }
        }
    }

    private static String pitot() {
        return Path.of("pitot").toAbsolutePath().toString();
    }

    private static void print(Load load, String program, Result result) {
        String name = program.endsWith("pitot") ? "pitot" : program;
        boolean hasRate = load.bitsPerSecond > 0;
        System.out.printf(
                Locale.ROOT,
                "%-20s %-8s %12s %14s %14s %7.3f%%%n",
                load.options,
                name,
                hasRate ? String.format(Locale.ROOT, "%+.4f%%", 100 * result.averageError) : "-",
                hasRate ? String.format(Locale.ROOT, "%+.2f%%", 100 * result.worstWindow) : "-",
                hasRate ? String.format(Locale.ROOT, "%.1f%%", 100 * result.shareOff) : "-",
                result.lostPercent);
    }

    private static Result run(String program, Load load, int seconds) throws IOException, InterruptedException {
        int port = 15_201;
        Process server = start(List.of(program, "-s", "-1", "-p", Integer.toString(port)), null);
        TimeUnit.MILLISECONDS.sleep(800); // until it listens
        List<String> client = new ArrayList<>(List.of(program, "-c", "127.0.0.1", "-p", Integer.toString(port), "-u"));
        client.addAll(List.of(load.options.split(" ")));
        client.addAll(List.of("-t", Integer.toString(seconds), "-i", "0.1", "-J"));
        Path output = Files.createTempFile("rate", ".json");
        try {
            int code = start(client, output).waitFor();
            server.waitFor(5, TimeUnit.SECONDS);
            String report = Files.readString(output);
            if (code != 0) {
                throw new IOException(String.join(" ", client) + " failed: " + report);
            }
            return read(report, load.bitsPerSecond);
        } finally {
            server.destroyForcibly();
            Files.delete(output);
        }
    }

    private static Process start(List<String> command, Path output) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.redirectOutput(
                output == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(output.toFile()));
        return builder.start();
    }

    private static Result read(String report, double wanted) {
        int end = report.lastIndexOf("\"end\":\t{");
        List<Double> windows = new ArrayList<>();
        Matcher sums = SUM.matcher(report.substring(0, end));
        while (sums.find()) {
            windows.add(Double.parseDouble(sums.group(3)) / wanted - 1);
        }
        List<Double> whole = windows.subList(1, Math.max(1, windows.size() - 1));
        double worst = whole.stream().max((a, b) -> Double.compare(Math.abs(a), Math.abs(b))).orElse(0.0);
        double off = whole.stream().filter(error -> Math.abs(error) > WINDOW_TOLERANCE).count() / (double) whole.size();
        Matcher stream = STREAM_END.matcher(report.substring(end));
        double average = 0;
        if (stream.find()) {
            average = Double.parseDouble(stream.group(2)) * 8 / Double.parseDouble(stream.group(1)) / wanted - 1;
        }
        Matcher lost = LOST.matcher(report.substring(report.indexOf("\"sum\"", end)));
        return new Result(average, worst, off, lost.find() ? Double.parseDouble(lost.group(1)) : 0);
    }
}
