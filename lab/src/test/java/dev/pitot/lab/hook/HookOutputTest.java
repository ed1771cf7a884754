package dev.pitot.lab.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is read out of a hook's standard output, from the plain to the hostile.
class HookOutputTest {
    private static HookResult parsed(List<String> lines) {
        var parser = new HookOutputParser();
        lines.forEach(parser::line);
        return parser.result();
    }

    private static HookResult result(
            @Nullable String tag, @Nullable String failure, Map<String, String> values, String... notes) {
        return new HookResult(tag, failure, values, List.of(notes));
    }

    private static Arguments row(HookResult result, String... lines) {
        return Arguments.of(List.of(lines), result);
    }

    private static Stream<Arguments> rows() {
        return Stream.of(
                row(HookResult.DONE),
                row(HookResult.DONE, "", "  "),
                row(result("angle_090", null, Map.of()), "turning", "angle_090 "),
                row(HookResult.DONE, "angle 90"),
                row(HookResult.DONE, "angle_090", "turned to it"),
                row(result(null, null, Map.of("rssi", "-61.5", "ap", "lab 5")), "rssi=-61.5", "ap=lab 5"),
                row(result("done", null, Map.of("rssi", "-61")), "rssi=-61", "done"),
                row(result(null, null, Map.of("rssi", "-61")), "done", "rssi=-61"),
                row(result("a_90", null, Map.of()), "tag=a_90"),
                row(result("a_90", null, Map.of()), "tag=a_90", "finished"),
                row(result(null, "no power", Map.of()), "fail=no power"),
                row(HookResult.DONE, "fail="),
                row(HookResult.DONE, "fail=false"),
                row(HookResult.DONE, "fail= 0 "),
                row(HookResult.DONE, "{\"fail\": 0}"),
                row(HookResult.DONE, "{\"fail\": \"\"}"),
                row(result(null, "1", Map.of()), "fail=1"),
                row(result(null, "no power", Map.of()), "fail=no power", "fail=false"),
                row(result(null, "it reported a failure without a reason", Map.of()), "fail=true"),
                row(result(null, null, Map.of("a", "1e400")), "a=1e400"),
                row(
                        result(null, null, Map.of("a", "1e400", "b", "9".repeat(40), "c", "1e999999999")),
                        "{\"a\": 1e400, \"b\": " + "9".repeat(40) + ", \"c\": 1e999999999}"),
                row(result(null, null, Map.of("a", "")), "a="),
                row(result(null, null, Map.of("a", "b=c")), "a=b=c"),
                row(result(null, null, Map.of("a", "2")), "a=1", "a=2"),
                row(HookResult.DONE, "see http://host/?a=b", "a b=c"),
                row(
                        result("a_90", null, Map.of("rssi", "-61", "snr", "0.5", "up", "true")),
                        "{\"tag\": \"a_90\", \"rssi\": -61, \"snr\": 0.5, \"up\": true, \"gone\": null}"),
                row(result(null, "no power", Map.of()), "{\"fail\": \"no power\"}"),
                row(HookResult.DONE, "{\"fail\": false}"),
                row(result(null, "it reported a failure without a reason", Map.of()), "{\"fail\": true}"),
                row(result("end", null, Map.of()), "{\"rssi\": -61}", "end"),
                row(
                        result(null, null, Map.of(), "its last line is not one JSON object of at most 64 KiB"),
                        "{\"rssi\": "),
                row(
                        result(null, null, Map.of("b", "1"), "'a' is not a number or a text"),
                        "{\"a\": {\"x\": [1]}, \"b\": 1}"),
                row(
                        result(null, null, Map.of(), "'Rssi' cannot be the name of a value: use [a-z][a-z0-9_]{0,40}"),
                        "Rssi=1"),
                row(result(null, null, Map.of(), "'a/b' cannot be a tag: use [A-Za-z0-9._-]{1,64}"), "tag=a/b"),
                row(result(null, null, Map.of("a", "1[31m2")), "a=1\u001b[31m\u00002\u007f"),
                row(result(null, null, Map.of(), "'a' is longer than 200 characters"), "a=" + "9".repeat(201)),
                row(result(null, "x".repeat(200) + "…", Map.of()), "fail=" + "x".repeat(5000)),
                row(
                        result(null, null, Map.of(), "its last line is not one JSON object of at most 64 KiB"),
                        "{\"a\": \"" + "x".repeat(1 << 20) + "\"}"),
                row(
                        result(null, null, Map.of(), "its last line is not one JSON object of at most 64 KiB"),
                        "{\"a\":" + "[".repeat(30_000)),
                row(HookResult.DONE, "x".repeat(1 << 20)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aHooksOutput(List<String> lines, HookResult expected) {
        assertThat(parsed(lines)).isEqualTo(expected);
    }

    @Test
    void noMoreThanFiftyValuesAndFiveNotesAreKept() {
        HookResult result = parsed(IntStream.range(0, 100_000)
                .mapToObj(i -> i % 2 == 0 ? "v" + i + "=" + i : "V" + i + "=" + i)
                .toList());

        assertThat(result.values()).hasSize(50).containsEntry("v98", "98").doesNotContainKey("v100");
        assertThat(result.notes()).hasSize(5);
        assertThat(result.failure()).isNull();
    }
}
