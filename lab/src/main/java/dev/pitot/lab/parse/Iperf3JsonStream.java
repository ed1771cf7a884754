package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.output.json.DocumentReader;
import java.util.Map;
import java.util.function.Consumer;

/// Reads the events of iperf3's `--json-stream` (3.17 and newer) and Pitot's, one per line,
/// each as it comes. Other lines are looked at for complaints; so the whole document that
/// `--json-stream-full-output` adds at the end is passed over.
public final class Iperf3JsonStream implements OutputReader {
    /// A line with some 100 000 streams.
    private static final int MAX_LINE_CHARACTERS = 32 << 20;

    private Iperf3JsonRows figures = new Iperf3JsonRows();

    /// A reader at the beginning of a program's output.
    public Iperf3JsonStream() {}

    @Override
    public void line(String text, Consumer<OutputEvent> events) {
        String line =
                text.length() > MAX_LINE_CHARACTERS ? "" : TimePrefix.cut(text).strip();
        if (line.startsWith("{") && line.contains("\"event\"")) {
            event(line, events);
            return;
        }
        ProgramError error = line.startsWith("\"") ? null : ErrorMatcher.of(line);
        if (error != null) {
            events.accept(error);
        }
    }

    @Override
    public void end(Consumer<OutputEvent> events) {
        // Every line was told.
    }

    private void event(String line, Consumer<OutputEvent> events) {
        Map<String, Object> event;
        try {
            event = DocumentReader.read(line);
        } catch (IllegalArgumentException _) {
            return; // cut off: the line is not complete
        }
        Map<String, Object> data = Iperf3JsonRows.object(event, "data");
        if (!(event.get("event") instanceof String name)) {
            return;
        }
        switch (name) {
            case "start" -> {
                figures = new Iperf3JsonRows();
                figures.start(data);
            }
            case "interval" -> figures.interval(data, events);
            case "end" -> figures.end(data, events);
            case "error" -> figures.error(event.get("data"), events);
            default -> {} // server_output_text and what newer versions add
        }
    }
}
