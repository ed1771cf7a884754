package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.results.ResultColumns.Destination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What docs/lab.md says of results and of messages is so.
class LabPageTest {
    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("../docs/lab.md"));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from)).strip();
    }

    @Test
    void theTableOfColumnsIsThatOfTheSources() {
        String rows = ResultColumns.all().stream()
                .map(column -> "| `" + column.name() + "` | " + files(column) + " | " + column.holds() + " |\n")
                .collect(Collectors.joining());

        assertThat(between(page, "<!-- columns -->", "<!-- end of columns -->"))
                .isEqualTo(("| column | in | holds |\n|---|---|---|\n" + rows).strip());
    }

    private static String files(ResultColumns.Column column) {
        String files = Arrays.stream(Destination.values())
                .filter(column.places()::contains)
                .map(place -> switch (place) {
                    case CSV -> "`summary.csv`";
                    case SUMMARY -> "`summary.json`";
                    case LINE -> "`results.jsonl`";
                })
                .collect(Collectors.joining(", "));
        return column.places().size() == Destination.values().length ? "all" : files;
    }

    /// A message with `…` for what differs is there in parts.
    @Test
    void everyMessageIsInTheSources() throws IOException {
        String sources = sources("../lab/src/main/java") + sources("../cli/src/main/java");
        List<String> messages = between(page, "<!-- messages -->", "<!-- end of messages -->")
                .lines()
                .skip(2)
                .map(row -> row.substring(row.indexOf('`') + 1, row.indexOf('`', row.indexOf('`') + 1)))
                .toList();

        assertThat(messages).hasSizeGreaterThan(5);
        for (String message : messages) {
            for (String part : message.split("…", -1)) {
                assertThat(sources.contains(part.strip())).as(part).isTrue();
            }
        }
    }

    /// With texts that are broken into lines put together.
    private static String sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(LabPageTest::text)
                    .collect(Collectors.joining())
                    .replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
