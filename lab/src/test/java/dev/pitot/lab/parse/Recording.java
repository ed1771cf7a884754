package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Complaint;
import dev.pitot.lab.parse.OutputEvent.Figures;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a real program wrote, from the folder of recorded outputs.
///
/// @param name the file in the folder
/// @param rows how many rows of figures it has, as the folder's index says
record Recording(String name, int rows) {
    static final String FOLDER = "/recorded/";

    static List<Recording> all() {
        return text("index.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .map(words -> new Recording(words[0], Integer.parseInt(words[1])))
                .toList();
    }

    static String text(String name) {
        try (InputStream in = Recording.class.getResourceAsStream(FOLDER + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<OutputEvent> events(String name) {
        return events(new AnyOutput(), text(name));
    }

    static List<OutputEvent> events(OutputReader reader, String text) {
        List<OutputEvent> events = new ArrayList<>();
        text.lines().forEach(line -> reader.line(line, events::add));
        reader.end(events::add);
        return events;
    }

    static List<Row> rows(List<OutputEvent> events) {
        return events.stream()
                .filter(Figures.class::isInstance)
                .map(event -> ((Figures) event).row())
                .toList();
    }

    static List<Complaint> complaints(List<OutputEvent> events) {
        return events.stream()
                .filter(Complaint.class::isInstance)
                .map(Complaint.class::cast)
                .toList();
    }

    static List<Row> rows(String name, Kind kind) {
        return rows(events(name)).stream().filter(row -> row.kind() == kind).toList();
    }

    static List<Row> of(List<Row> rows, Series series) {
        return rows.stream().filter(row -> row.series().equals(series)).toList();
    }
}
