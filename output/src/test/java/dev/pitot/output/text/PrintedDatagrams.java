package dev.pitot.output.text;

import dev.pitot.model.result.Datagrams;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses datagram counters from the columns after the rate.
final class PrintedDatagrams {
    private static final Pattern SENT = Pattern.compile(" +(\\d+)  (\\(omitted\\))?");
    private static final Pattern RECEIVED =
            Pattern.compile("  ([\\d.]+) ms  (\\d+|Unknown)/(\\d+)( \\([^)]+%\\))?  (\\(omitted\\)|sender|receiver)?");
    private static final int MILLIS_PER_SECOND = 1000;

    private PrintedDatagrams() {}

    static Datagrams of(PrintedFigures line) {
        Matcher sent = SENT.matcher(line.rest());
        if (sent.matches()) {
            return new Datagrams(Long.parseLong(sent.group(1)), null);
        }
        Matcher received = RECEIVED.matcher(line.rest());
        if (!received.matches()) {
            throw new IllegalArgumentException("no datagrams: " + line.rest());
        }
        long packets = Long.parseLong(received.group(3));
        if ("sender".equals(received.group(5))) {
            return new Datagrams(packets, null); // its zeros mean unknown
        }
        Long lost = received.group(2).equals("Unknown") ? null : Long.valueOf(received.group(2));
        double jitter = Double.parseDouble(received.group(1)) / MILLIS_PER_SECOND;
        return new Datagrams(packets, new Datagrams.Reception(lost, 0, 0, jitter));
    }
}
