import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program with iperf3's options and JSON document: iperf3, and Pitot.
///
/// @param help its help text, which tells what it can do
record Iperf3(Path file, String name, String help) implements Peer {
    @Override
    public boolean can(Row row, boolean isCongestionChosen) {
        return row.option().isEmpty() || help.contains(row.option());
    }

    @Override
    public List<String> server(int port, Row row) {
        return List.of("-s", "-1", "-p", Integer.toString(port));
    }

    @Override
    public List<String> client(String address, int port, int seconds, List<String> options) {
        var words = new ArrayList<>(List.of("-c", address, "-p", Integer.toString(port), "-J"));
        words.addAll(List.of("-t", Integer.toString(seconds)));
        words.addAll(options);
        if (isPitot()) {
            words.add("--no-idle-probe"); // two seconds of silence before and after: the rate is the same
        }
        return words;
    }

    @Override
    public TestRun parse(String text, Row row) throws IOException {
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
        double gigabits = 0;
        double packets = 0;
        double lost = 0;
        double seconds = received;
        for (int i = 0; i < Json.list(end, "streams").size(); i++) {
            if (row.isUdp()) {
                packets += Json.number(end, "streams", i, "udp", "packets");
                lost += Json.number(end, "streams", i, "udp", "lost_packets");
                seconds = Json.number(end, "streams", i, "udp", "seconds");
                gigabits += Json.number(end, "streams", i, "udp", "bytes") * 8e-9;
            } else {
                gigabits += Json.number(end, "streams", i, "receiver", "bytes") * 8e-9;
            }
        }
        double rate = row.countsDatagrams() ? (packets - lost) / seconds / 1000 : gigabits / seconds;
        if (!(rate > 0)) {
            throw new IOException("nothing was delivered");
        }
        double off = row.isUdp() && Double.isNaN(received) ? Double.NaN : 100 * Math.abs(received - sent) / sent;
        return new TestRun(
                rate,
                row.isUdp() ? 100 * lost / packets : Double.NaN,
                processor / (gigabits / seconds),
                row.isPaced() ? windowOff(document) : Double.NaN,
                off);
    }

    /// The first and the last report are not whole.
    private static double windowOff(Object document) {
        double wanted = Json.number(document, "start", "target_bitrate");
        int count = Json.list(document, "intervals").size();
        double worst = 0;
        for (int i = 1; i < count - 1; i++) {
            double rate = Json.number(document, "intervals", i, "sum", "bits_per_second");
            worst = Math.max(worst, 100 * Math.abs(rate / wanted - 1));
        }
        return worst;
    }
}
