package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.results.SessionSummary.Counts;
import dev.pitot.testkit.GoldenFiles;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A session whose iperf 2 is a stand-in that writes what a real one wrote; iperf3 listens for it.
@Needs(Tool.IPERF3)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class TotalAndIntervalsTest {
    @TempDir
    private Path folder;

    /// The server received 6,293,788 bytes behind its last interval.
    @Test
    void theProgramsTotalAndTheMeanOfItsIntervalsStandSideBySide() throws Exception {
        for (String end : List.of("client", "server")) {
            Files.writeString(
                    folder.resolve(end + ".csv"), GoldenFiles.text("recorded/iperf2-2.1.8/csv-tcp." + end + ".csv"));
        }
        LocalNodes.script(
                folder,
                "standin",
                "case \"$1\" in",
                "--version) echo 'iperf version 2.1.8 (12 August 2022) pthreads' >&2; exit 1;;",
                "-s) cat " + folder + "/server.csv; while [ \"$1\" != -p ]; do shift; done",
                "exec iperf3 -s -p \"$2\" >" + folder + "/listener.log 2>&1;;",
                "-c) exec cat " + folder + "/client.csv;;",
                "esac");
        try (var stage = new SessionFixture(folder)) {
            SessionEvent.Ended ended = stage.run("""
                    title: both
                    nodes:
                      pc@: {connection: local, address: 127.0.0.1, engine: iperf2, programs: {iperf2: FOLDER/standin}}
                      dut@: {connection: local, address: 127.0.0.1, engine: iperf2, programs: {iperf2: FOLDER/standin}}
                    traffic_pc: pc@
                    directions: from
                    tests: [{name: one, options: {time: 2, interval: 0.5}}]
                    """);

            assertThat(ended.summary().counts())
                    .as(() -> ended.summary().runs().toString())
                    .isEqualTo(new Counts(1, 0, 0, 0));
            List<String> table = Files.readAllLines(ended.folder().resolve("summary.csv"));
            assertThat(column(table, "receiver_bytes")).isEqualTo("5419827260");
            assertThat(column(table, "receiver_bits_per_second")).isEqualTo("21670034265");
            double mean = (10_898_847_328.0 + 15_309_262_176.0 + 28_678_501_024.0 + 31_729_925_024.0) / 4;
            assertThat(Double.parseDouble(column(table, "interval_mean_bits_per_second")))
                    .isEqualTo(mean);
        }
    }

    private static String column(List<String> table, String name) {
        int place = Arrays.asList(table.getFirst().split(",", -1)).indexOf(name);
        return table.get(1).split(",", -1)[place];
    }
}
