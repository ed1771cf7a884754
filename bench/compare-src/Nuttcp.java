import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// nuttcp, by its line of names and values.
record Nuttcp(Path file, String name) implements Peer {
    @Override
    public boolean can(Row row, boolean isCongestionChosen) {
        return row.option().isEmpty()
                && !row.isPaced()
                && !isCongestionChosen
                && !row.options().contains("-Z")
                && !row.options().contains("--bidir");
    }

    @Override
    public List<String> server(int port, Row row) {
        return List.of("-1", "--nofork", "-P", Integer.toString(port));
    }

    @Override
    public List<String> client(String address, int port, int seconds, List<String> options) {
        var words = new ArrayList<>(List.of("-P", Integer.toString(port), "-p", Integer.toString(port + 1)));
        words.add("-T" + seconds);
        for (int i = 0; i < options.size(); i++) {
            switch (options.get(i)) {
                case "-P" -> words.add("-N" + options.get(++i));
                case "-R" -> words.add("-r");
                case "-b" -> {
                    words.add("-Ru");
                    i++;
                }
                case "-l" -> words.add("-l" + options.get(++i));
                default -> words.add(options.get(i));
            }
        }
        words.addAll(List.of("-fparse", address));
        return words;
    }

    @Override
    public TestRun parse(String text, Row row) throws IOException {
        double rate = value(text, "rate_Mbps") / 1000;
        double cpu = (value(text, "tx_cpu") + value(text, "rx_cpu")) / rate;
        if (!(rate > 0)) {
            throw new IOException(text.isBlank() ? "no report" : text.strip());
        }
        if (!text.contains("pkt=")) {
            return TestRun.of(rate, Double.NaN, cpu);
        }
        double all = value(text, "pkt");
        double lost = value(text, "drop");
        return TestRun.of((all - lost) / value(text, "real_seconds") / 1000, 100 * lost / all, cpu);
    }

    private static double value(String text, String name) {
        Matcher found = Pattern.compile("\\b" + name + "=([\\d.]+)").matcher(text);
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }
}
