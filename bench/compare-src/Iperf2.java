import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// iperf 2, by its text. A TCP sender's rate is what it wrote; it states no processor time.
record Iperf2(Path file, String name) implements Peer {
    /// A line of a report: Kbit/s, and of UDP lost and all datagrams.
    private static final Pattern LINE = Pattern.compile(
            "\\[[ *]*(\\d+|SUM)] +[\\d.]+-([\\d.]+) sec +[\\d.]+ KBytes +([\\d.]+) Kbits/sec(?: +[\\d.]+ ms +(\\d+)/(\\d+))?");

    private static final String AS_FAST_AS_IT_CAN = "100G"; // it refuses 0

    @Override
    public boolean can(Row row, boolean isCongestionChosen) {
        return row.option().isEmpty()
                && !row.isPaced()
                && !row.options().contains("-Z")
                && !row.options().contains("--bidir");
    }

    @Override
    public List<String> server(int port, Row row) {
        var words = new ArrayList<>(List.of("-s", "-p", Integer.toString(port)));
        if (row.isUdp()) {
            words.add("-u");
        }
        return words;
    }

    @Override
    public List<String> client(String address, int port, int seconds, List<String> options) {
        var words = new ArrayList<>(List.of("-c", address, "-p", Integer.toString(port), "-f", "k"));
        words.addAll(List.of("-t", Integer.toString(seconds)));
        for (String option : options) {
            words.add(option.equals("-C") ? "-Z" : option.equals("0") ? AS_FAST_AS_IT_CAN : option);
        }
        return words;
    }

    @Override
    public TestRun parse(String text, Row row) throws IOException {
        String report = text.substring(Math.max(0, text.indexOf("Server Report:")));
        Matcher last = null;
        for (Matcher line = LINE.matcher(report); line.find(); ) {
            if (last == null || !last.group(1).equals("SUM")) {
                last = LINE.matcher(report);
                last.find(line.start());
            }
        }
        if (last == null || Double.parseDouble(last.group(3)) == 0) {
            throw new IOException("no report");
        }
        if (last.group(5) == null) {
            return TestRun.of(Double.parseDouble(last.group(3)) * 1e-6, Double.NaN, Double.NaN);
        }
        double lost = Double.parseDouble(last.group(4));
        double all = Double.parseDouble(last.group(5));
        double rate = (all - lost) / Double.parseDouble(last.group(2)) / 1000;
        return TestRun.of(rate, 100 * lost / all, Double.NaN);
    }
}
