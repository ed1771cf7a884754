package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.model.config.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A test at a point of two variables, of whose two streams one lacks an interval and has an absurd one.
class VariablesInResultsTest {
    private static final double MAXIMUM = 1e9;

    @TempDir
    private Path below;

    private static TestCase test() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("angle", "90");
        variables.put("attenuation", "10");
        return ResultFixtures.with(
                ResultFixtures.test(1, NodeDirection.TO_NODE, Protocol.TCP, Map.of("parallel", "2")), variables);
    }

    private ResultsFolder run() throws ResultsException {
        TestCase test = test();
        try (ResultsFolder folder =
                ResultFixtures.folder(below, ResultFixtures.plan(test, SeriesFormat.DETAILED, MAXIMUM))) {
            RunFiles run = folder.begin(test, 1, List.of());
            for (int stream : new int[] {5, 7}) {
                run.row(TestEnd.SENDER, ResultFixtures.interval(stream, 0, 1_000_000));
                if (stream == 5) {
                    run.row(TestEnd.SENDER, ResultFixtures.interval(stream, 1, 1_000_000)); // the other lacks it
                }
                run.row(TestEnd.SENDER, ResultFixtures.interval(stream, 2, stream == 7 ? 1e12 : 1_000_000));
                run.row(TestEnd.SENDER, ResultFixtures.interval(stream, 3, 3_000_000));
            }
            folder.end(run, ResultFixtures.result(test, ResultFixtures.nothing(), ResultFixtures.passed()));
            folder.finish();
            return folder;
        }
    }

    private static Map<String, String> row(String csv) {
        List<String> lines = csv.lines().toList();
        String[] names = lines.getFirst().split(",", -1);
        String[] fields = lines.getLast().split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], fields[i]);
        }
        return row;
    }

    /// Of 16, nothing, 8e12 and 48 Mbit/s.
    @Test
    void aGapIsCountedAndAnAbsurdRateIsNotPartOfTheMean() throws IOException, ResultsException {
        ResultsFolder folder = run();

        assertThat(row(ResultFixtures.text(folder, "summary.csv")))
                .containsEntry("gaps", "1")
                .containsEntry("interval_mean_bits_per_second", "32000000")
                .containsEntry("angle", "90")
                .containsEntry("attenuation", "10")
                .containsEntry("parallel", "2");
        assertThat(ResultFixtures.text(folder, "summary.json"))
                .contains("\"interval_mean_bits_per_second\":\t32000000", "\"gaps\":\t1");
    }

    @Test
    void thePointIsInNamesOfFilesAndOfJunit() throws IOException, ResultsException {
        ResultsFolder folder = run();

        assertThat(ResultFixtures.text(folder, "files.csv"))
                .contains("raw_iperf/downstream_tx_tcp_tate_angle_90_attenuation_10_parallel_2_quick_r1_lab_");
        assertThat(ResultFixtures.text(folder, "junit.xml"))
                .contains("name=\"tpc to tate, TCP, angle 90, attenuation 10, parallel 2, repetition 1\"");
        assertThat(ResultFixtures.text(folder, "summary.txt")).contains("attenuation=10");
    }
}
