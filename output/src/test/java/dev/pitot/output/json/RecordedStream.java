package dev.pitot.output.json;

import java.util.List;
import java.util.stream.Collectors;

/// Parses a JSON stream.
final class RecordedStream {
    private static final String INTERVAL = "{\"event\":\"interval\"";
    private static final String DATA = "\"data\":";

    private RecordedStream() {}

    /// Returns the equivalent document.
    static JsonTree document(List<String> lines) {
        String intervals = lines.stream()
                .filter(line -> line.startsWith(INTERVAL))
                .map(RecordedStream::data)
                .collect(Collectors.joining(","));
        String others = lines.stream()
                .filter(line -> !line.startsWith(INTERVAL))
                .map(line -> "\"" + JsonTree.of(line).string("event") + "\":" + data(line))
                .collect(Collectors.joining(","));
        return JsonTree.of("{" + others + ",\"intervals\":[" + intervals + "]}");
    }

    private static String data(String line) {
        return line.substring(line.indexOf(DATA) + DATA.length(), line.length() - 1);
    }
}
