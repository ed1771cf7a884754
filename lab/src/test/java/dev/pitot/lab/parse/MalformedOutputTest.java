package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MalformedOutputTest {
    private static List<OutputReader> readers() {
        return List.of(new Iperf2Reader(null, 0), new Iperf3Text(), new Iperf3Json(), new AutoDetectReader());
    }

    private static void readByAll(String text) {
        for (OutputReader reader : readers()) {
            var collector = new SeriesCollector();
            text.lines().forEach(line -> reader.line(line, collector));
            reader.end(collector);
            collector.sums().forEach(series -> assertThat(series.gaps()).isNotNegative());
        }
    }

    @Test
    @Timeout(180)
    void recordedOutputWithBytesChangedIsReadWithoutAnError() {
        var random = new Random(20_261_121);
        for (Recording file : Recording.all()) {
            var text = new StringBuilder(Recording.text(file.name()));
            for (int i = 0; i < text.length() / 60; i++) {
                int place = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(place, (char) random.nextInt(0x10000));
                    case 1 -> text.setCharAt(place, "[]{}\",:-.0123456789 \n".charAt(random.nextInt(21)));
                    case 2 -> text.insert(place, text.substring(place, Math.min(text.length(), place + 30)));
                    case 3 -> text.delete(place, Math.min(text.length() - 1, place + random.nextInt(20)));
                    default -> throw new AssertionError();
                }
            }
            readByAll(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{", "[{", "[  3] ", "0.0-1.0 sec ", "{\"event\":", "\"", "9", "20261121194315,", ",", "- "
            })
    void aLineOfAMebiCharactersIsPassedOver(String part) {
        String line = part.repeat((1 << 20) / part.length());

        readByAll(line + "\n" + line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[  3]  0.0- 1.0 sec  99999999999999999999999 GBytes  99999999999999999999999 Gbits/sec",
                "[  3]  0.0- 1.0 sec  9999999999999999999999999999999 GBytes  1 Gbits/sec",
                "[99999999999]  0.0- 1.0 sec  1.00 GBytes  1.00 Gbits/sec",
                "[  3]  0.0- 1.0 sec  -1.00 GBytes  nan Gbits/sec",
                "[  5]   0.00-1.00   sec  1.25 MBytes  10.5 Mbits/sec  0.1 ms  99999999999999999999/1 (0%)",
                "20261121194315,1.1.1.1,1,1.1.1.1,1,99999999999,0.0-0.5,99999999999999999999999,1",
                "{\"event\":\"interval\",\"data\":{\"sum\":{\"start\":0,\"end\":1,\"bytes\":1e308,\"bits_per_second\":1e308}}}",
                "{\"event\":\"interval\",\"data\":{\"sum\":{\"start\":-1e999,\"end\":1,\"bytes\":-5,\"bits_per_second\":1}}}",
                "{\"intervals\":[5,null,[],{\"streams\":{},\"sum\":[]}],\"end\":7,\"error\":{}}",
            })
    void numbersThatNoTestHasAreNoError(String line) {
        readByAll(line);
    }

    @Test
    void deepNestingIsNoError() {
        readByAll("{\"a\":".repeat(100_000));
        readByAll("{\"a\":" + "[".repeat(100_000));
    }

    @Test
    @Timeout(180)
    void aDocumentOfNothingButEmptyValuesIsReadUpToALimitAndTold() {
        List<OutputEvent> events = new ArrayList<>();
        var reader = new Iperf3Json();
        reader.line("{\"error\": \"busy\", \"a\": [", events::add);
        String line = "{},".repeat(100_000);
        for (int i = 0; i < 21; i++) {
            reader.line(line, events::add);
        }
        reader.line("{}]}", events::add);

        assertThat(Recording.complaints(events))
                .extracting(OutputEvent.ProgramError::text)
                .containsExactly(
                        "busy",
                        "the JSON document is too large, only its beginning was read: give longer intervals or fewer"
                                + " streams");
    }

    @Test
    @Timeout(180)
    void aMillionRowsKeepToTheirLimits() {
        var reader = new AutoDetectReader();
        var collector = new SeriesCollector();
        for (int i = 0; i < 1_000_000; i++) {
            reader.line("[  5]   " + i + ".00-" + (i + 1) + ".00   sec  1.25 MBytes  10.5 Mbits/sec", collector);
        }
        reader.end(collector);

        assertThat(collector.dropped()).isEqualTo(500_000);
        assertThat(collector.sums().getFirst().points()).hasSize(500_000);
    }

    @Test
    @Timeout(180)
    void rowsThatAllOverlapTakeBoundedTime() {
        var collector = new SeriesCollector();
        var reader = new Iperf3Text();
        var random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            String start = random.nextInt(1000) + ".00";
            reader.line("[" + random.nextInt(9999) + "] " + start + "-99999.00 sec 1 MBytes 1 Mbits/sec", collector);
        }

        assertThat(collector.intervals().stream()
                        .map(interval -> interval.of().stream())
                        .distinct())
                .hasSizeLessThanOrEqualTo(1025);
        assertThat(collector.dropped()).isPositive();
    }

    @Test
    void manyUnknownRowsAreNotHeldBack() {
        List<OutputEvent> events = new ArrayList<>();
        var reader = new Iperf2Reader(null, 0);
        for (int i = 0; i < 5000; i++) {
            reader.line("[" + i + "] 0.0-" + i + ".0 sec 1 MBytes 1 Mbits/sec", events::add);
        }

        assertThat(Recording.rows(events)).hasSizeGreaterThan(3000);
    }
}
