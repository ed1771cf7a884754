package dev.pitot.checks.lab;

import dev.pitot.checks.program.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results of one end of a test from a file of `raw_iperf`, parsed without any code of the lab, so that
/// the two can be compared. Values are as printed.
///
/// @param bytes sent, or received
/// @param bitsPerSecond the rate
/// @param lost datagrams that the receiver missed; null if not reported
/// @param datagrams that the receiver expected; null if not reported
/// @param retransmits of the sender's TCP; null if not reported
record EngineOutput(
        String bytes,
        String bitsPerSecond,
        @Nullable String lost,
        @Nullable String datagrams,
        @Nullable String retransmits) {
    private static final int BYTES = 7; // columns of iperf 2's lines, from 0
    private static final int RATE = 8;
    private static final int LOST = 10;
    private static final int DATAGRAMS = 11;

    /// Parses the output of a tool.
    ///
    /// @param isSender true for the sending end
    static EngineOutput read(Path file, String engine, boolean isSender) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .map(line -> line.substring(line.indexOf(',') + 1)) // removes the timestamp
                .toList();
        String whose = isSender ? "end.sum_sent." : "end.sum_received.";
        return switch (engine) {
            case "iperf3" -> json(Document.lenient(String.join("\n", lines)), whose, isSender);
            case "pitot" -> json(Document.strict(endEvent(lines)), whose.replace("end.", "data."), isSender);
            case "iperf2" -> lastRow(lines, isSender);
            default -> throw new AssertionError("no engine of this test: " + engine);
        };
    }

    private static String endEvent(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("{\"event\":\"end\""))
                .collect(Collectors.joining("\n"));
    }

    private static EngineOutput json(Document document, String whose, boolean isSender) {
        boolean isUdp = document.has(whose + "packets");
        return new EngineOutput(
                document.text(whose + "bytes"),
                document.text(whose + "bits_per_second"),
                isUdp && !isSender ? document.text(whose + "lost_packets") : null,
                isUdp && !isSender ? document.text(whose + "packets") : null,
                !isUdp && isSender ? document.text(whose + "retransmits") : null);
    }

    /// iperf 2 prints the total last; with one stream there is no sum.
    private static EngineOutput lastRow(List<String> lines, boolean isSender) {
        String[] columns = lines.stream()
                .filter(line -> line.matches("\\d{14},.*"))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new AssertionError("no results in " + lines))
                .split(",", -1);
        boolean tellsLoss = columns.length > DATAGRAMS && !isSender;
        return new EngineOutput(
                columns[BYTES],
                columns[RATE],
                tellsLoss ? columns[LOST] : null,
                tellsLoss ? columns[DATAGRAMS] : null,
                null);
    }
}
