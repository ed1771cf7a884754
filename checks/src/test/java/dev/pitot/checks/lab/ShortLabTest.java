package dev.pitot.checks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A session of one test of a second over ssh: how long it takes as a whole, and how often it logs in.
@Needs({Tool.IPERF3, Tool.NAMESPACES, Tool.SOCAT, Tool.SSHD})
@Timeout(180)
@Tag("slow")
class ShortLabTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int RUNS = 3;
    private static final double QUIET = 0.5; // load of a machine that nothing else uses
    private static final String PLAN = """
            pairs: [[$b, $a]]
            directions: to
            tests:
              - {name: short, engine: iperf3, options: {time: 1}}
            """;

    @TempDir
    private Path folder;

    /// The time depends on the machine: on one that others use at the moment it is only printed.
    @Test
    void oneSecondOfTrafficTakesLessThanThreeAndOneLogin() throws Exception {
        try (LabNodes nodes = LabNodes.create(folder)) {
            Path plan = nodes.plan(PLAN);
            long[] nanos = new long[RUNS];
            double load = load();
            for (int i = 0; i < RUNS; i++) {
                long began = System.nanoTime();
                try (ChildProcess run = nodes.run(List.of(), plan, folder.resolve("results" + i))) {
                    Exit exit = run.awaitExit(TIMEOUT);
                    nanos[i] = System.nanoTime() - began;
                    assertThat(exit.code()).as(exit.toString()).isZero();
                }
                assertThat(nodes.logins("a")).isEqualTo(i + 1);
                assertThat(nodes.logins("b")).isEqualTo(i + 1);
            }
            Arrays.sort(nanos);
            var median = Duration.ofNanos(nanos[RUNS / 2]);

            System.out.printf("a test of 1 s over ssh: median %s, load of the machine before %.2f%n", median, load);
            if (load < QUIET) {
                assertThat(median).isLessThan(LIMIT);
            }
            assertThat(nodes.leftovers()).isEmpty();
        }
    }

    /// Processes that wanted a processor in the last minute, on average; proc(5): /proc/loadavg.
    private static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
    }
}
