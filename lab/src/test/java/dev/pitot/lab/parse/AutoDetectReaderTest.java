package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Lines of something else, and times of arrival, before a program's own lines.
class AutoDetectReaderTest {
    /// What a login, a wrapper and a logger write.
    private static final List<String> JUNK = List.of(
            "",
            "Welcome to tate",
            "{\"level\":\"info\",\"message\":\"started\"}",
            "{\"event\":\"boot\",\"data\":{\"seconds\":3}}",
            "{\"event\":\"interval\",\"count\":3}",
            "{\"intervals\":[],\"start\":{}}",
            "{",
            "{\"a\":",
            "\"",
            "}",
            "[",
            "wlan0: connected to AP",
            "20261121 loaded",
            "2026-11-21T04:07:18.123Z {\"level\":\"info\"}",
            "[  1.234567] usb 1-1: new device");

    private static List<Object> events(String text) {
        return Recording.events(new AutoDetectReader(), text).stream()
                .filter(event -> !(event instanceof OutputEvent.ProgramError))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @TestFactory
    Stream<DynamicTest> linesOfSomethingElseBeforeItCostNoEvent() {
        var random = new Random(20_261_123);
        return Recording.all().stream()
                .map(file -> DynamicTest.dynamicTest(file.name(), () -> {
                    String text = Recording.text(file.name());
                    List<Object> plain = events(text);
                    for (int i = 0; i < 3 * JUNK.size(); i++) {
                        String junk = i < JUNK.size()
                                ? JUNK.get(i)
                                : random.ints(4, 0, JUNK.size())
                                        .mapToObj(JUNK::get)
                                        .collect(Collectors.joining("\n"));
                        assertThat(events(junk + "\n" + text)).as(junk).isEqualTo(plain);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> linesWithTheTimeOfTheirArrivalSayTheSame() {
        return Recording.all().stream()
                .map(file -> DynamicTest.dynamicTest(file.name(), () -> {
                    String text = Recording.text(file.name());
                    String saved = text.lines()
                            .map(line -> "2026-11-21T04:07:18.123+00:00," + line + "\n")
                            .collect(Collectors.joining());
                    assertThat(events(saved)).isEqualTo(events(text));
                }));
    }

    @Test
    void aForeignObjectsErrorIsNoneOfTheProgram() {
        String text = "{\"error\":\"no such device\"}\n" + Recording.text("iperf3-3.21/tcp.json");

        assertThat(Recording.complaints(Recording.events(new AutoDetectReader(), text)))
                .isEmpty();
    }

    @Test
    void whatManyLinesBeforeItSayIsForgotten() {
        String text = "Connecting to host 192.0.2.1, port 5201\n".repeat(100_000)
                + "[  3]  0.0- 1.0 sec   128 KBytes  1.05 Mbits/sec\n".repeat(2);

        assertThat(Recording.rows(Recording.events(new AutoDetectReader(), text)))
                .hasSize(2);
    }
}
