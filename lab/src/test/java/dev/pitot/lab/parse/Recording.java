package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import dev.pitot.testkit.Golden;
import dev.pitot.testkit.GoldenFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// What a real program wrote, from the goldens.
///
/// @param name the program with its version, and the output
/// @param rows how many rows of figures it has, as `recorded.txt` says
record Recording(String name, int rows) {
    private static final Map<String, SortedMap<String, String>> IPERF3 =
            Map.of("iperf3-3.12", Golden.outputs("3.12"), "iperf3-3.21", Golden.outputs("3.21"));

    static List<Recording> all() {
        return index().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .map(words -> new Recording(words[0], Integer.parseInt(words[1])))
                .toList();
    }

    static String text(String name) {
        int slash = name.indexOf('/');
        String iperf3 = IPERF3.getOrDefault(name.substring(0, slash), Collections.emptySortedMap())
                .get(name.substring(slash + 1));
        return iperf3 == null ? GoldenFiles.text("recorded/" + name) : iperf3;
    }

    private static String index() {
        try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream("/recorded.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<OutputEvent> events(String name) {
        return events(new AutoDetectReader(), text(name));
    }

    static List<OutputEvent> events(OutputReader reader, String text) {
        List<OutputEvent> events = new ArrayList<>();
        text.lines().forEach(line -> reader.line(line, events::add));
        reader.end(events::add);
        return events;
    }

    static List<Row> rows(List<OutputEvent> events) {
        return events.stream()
                .filter(Values.class::isInstance)
                .map(event -> ((Values) event).row())
                .toList();
    }

    static List<ProgramError> complaints(List<OutputEvent> events) {
        return events.stream()
                .filter(ProgramError.class::isInstance)
                .map(ProgramError.class::cast)
                .toList();
    }

    static List<Row> rows(String name, Kind kind) {
        return rows(events(name)).stream().filter(row -> row.kind() == kind).toList();
    }

    static List<Row> of(List<Row> rows, Series series) {
        return rows.stream().filter(row -> row.series().equals(series)).toList();
    }
}
