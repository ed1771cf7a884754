package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.interop.Agreement.Roles;
import dev.pitot.model.config.Direction;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.Tool;
import dev.pitot.testkit.WholeBlockClient;
import dev.pitot.testkit.WholeBlockOutcome;
import dev.pitot.testkit.WholeBlockRequest;
import dev.pitot.testkit.WholeBlockServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that end with their data (`-n`, `-k`, `-F`), Pitot at one end and an iperf3 at the other: the
/// real one, or a scripted one that counts whole blocks as newer versions do.
@Needs(Tool.IPERF3)
@Timeout(180)
@Tag("slow")
class LimitedTest {
    private static final int BLOCK = 131_072;

    static Stream<Arguments> tests() {
        return Agreement.inBothRoles(
                "-n 3147000",
                "-n 3147000 -R",
                "-n 3147000 -Z -P 2",
                "-n 100000 --bidir -P 2",
                "-n 1000001 -R -P 3 -l 7777",
                "-k 7 -P 3",
                "-k 7 -R -l 1000",
                "-k 20 --bidir -Z");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tests")
    void bothEndsCountTheSame(String options, Roles roles) throws Exception {
        Agreement agreement = Agreement.of(options, roles);

        agreement.check(options);
        if (roles == Roles.PITOT_IS_CLIENT && !options.contains("-R")) {
            long block = agreement.client().number("start.test_start.blksize");
            long limit = agreement.client().number("start.test_start.bytes")
                    + agreement.client().number("start.test_start.blocks") * block;
            assertThat(agreement.client().number("end.sum_sent.bytes")).isEqualTo(Math.ceilDiv(limit, block) * block);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-n 3147000, 3276800",
        "-n 3147000 -Z -P 2, 3276800",
        "-n 100000 --bidir -P 2, 131072",
        "-n 1000 -l 300, 1200",
        "-k 7 -P 3, 917504",
        "-n 100000 -R, 0"
    })
    void aServerThatCountsWholeBlocksHasAllOfThem(String options, long received) throws Exception {
        try (var server = WholeBlockServer.start();
                var client = PitotProcess.client(server.port(), (options + " -J").split(" "))) {
            Exit exit = client.awaitExit();

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(server.outcome().received()).isEqualTo(received);
            if (!options.contains("-R")) {
                assertThat(Figures.bytes(exit.stdout(), "sum_sent")).isEqualTo(received);
                assertThat(Figures.bytes(exit.stdout(), "sum_received")).isEqualTo(received);
            }
        }
    }

    @Test
    void aClientThatCountsWholeBlocksComesToItsEnd() throws Exception {
        try (var server = PitotProcess.server()) {
            for (Direction direction : Direction.values()) {
                var request =
                        WholeBlockRequest.ofBytes(3_147_000, BLOCK).parallel(2).direction(direction);

                WholeBlockOutcome outcome = WholeBlockClient.run(server.port(), request);

                assertThat(Math.max(outcome.sent(), outcome.received())).isGreaterThanOrEqualTo(3_147_000);
            }
        }
    }

    @Test
    void aFileArrivesWhole(@TempDir Path folder) throws Exception {
        byte[] content = new byte[24 * BLOCK + 1_272];
        new Random(1).nextBytes(content);
        Path source = Files.write(folder.resolve("source"), content);
        try (var server = WholeBlockServer.start();
                var client = PitotProcess.client(server.port(), "-F", source.toString(), "-J")) {
            Exit exit = client.awaitExit();

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(server.outcome().written().getFirst()).isEqualTo(content);
            assertThat(server.outcome().received()).isEqualTo(content.length);
            assertThat(Figures.bytes(exit.stdout(), "sum_received")).isEqualTo(content.length);
        }
    }
}
