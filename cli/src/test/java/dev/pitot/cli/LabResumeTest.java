package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that go on, their summaries made again, and compared, against iperf3 on this machine.
@Needs(Tool.IPERF3)
@Timeout(180)
@Tag("slow")
class LabResumeTest {
    private static final String PLAN = """
            title: roof
            lease: {wait: 100 s}
            nodes:
              desk: {connection: local, address: 127.0.0.1, engine: iperf3}
              device: {connection: local, address: 127.0.0.1, engine: iperf3}
            traffic_pc: desk
            directions: to
            retries: 0
            tests:
              - {name: tcp, options: {bytes: 100K}, sweep: {parallel: [1, 2]}}
              - {name: udp, options: {udp: true, bytes: 100K, bitrate: 100M}, thresholds: {bitrate: ">= 900G"}}
            """;

    @TempDir
    private Path folder;

    private Path results;

    @BeforeEach
    void run() throws Exception {
        results = folder.resolve("results");
        Path plan = Files.writeString(folder.resolve("roof.yaml"), PLAN);
        Launch run = Launch.of("lab", "run", plan.toString(), "--output", results.toString());
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    }

    private List<String> column(String name) throws IOException {
        List<String> lines = Files.readAllLines(results.resolve("summary.csv"));
        int index = List.of(lines.getFirst().split(",")).indexOf(name);
        return lines.stream().skip(1).map(line -> line.split(",", -1)[index]).toList();
    }

    /// As a crash leaves them: without the last lines, and with half of one.
    private void cutResults(int lines) throws IOException {
        List<String> all = Files.readAllLines(results.resolve("results.jsonl"));
        String left = String.join("\n", all.subList(0, lines));
        Files.writeString(results.resolve("results.jsonl"), left + "\n{\"number\":2,\"rep");
        Files.delete(results.resolve("summary.csv"));
    }

    @Test
    void aSessionThatWasCutOffGoesOn() throws Exception {
        cutResults(1);

        Launch resumed = Launch.of("lab", "run", "--resume", results.toString());

        assertThat(resumed.exitCode()).as(resumed.toString()).isEqualTo(2);
        assertThat(resumed.out()).contains("roof: 3 tests, results in " + results, "[1/2] tcp", "2 passed, 1 missed");
        assertThat(column("number")).containsExactly("1", "2", "3");
        assertThat(column("verdict")).containsExactly("passed", "passed", "missed");
        assertThat(results.resolve("results.cut")).hasContent("{\"number\":2,\"rep");
        assertThat(Launch.of("lab", "run", "--resume", results.toString()))
                .isEqualTo(new Launch(0, "nothing is left to run in " + results + "\n", ""));
    }

    @Test
    void onlyWhatIsWishedGoesOn() throws Exception {
        cutResults(0);

        Launch only = Launch.of("lab", "run", "--resume", results.toString(), "--only", "tcp/device/parallel_2");

        assertThat(only.exitCode()).as(only.toString()).isZero();
        assertThat(column("number")).containsExactly("2");
    }

    @Test
    void whatMissedAThresholdRunsAgainIfThatIsWished() throws Exception {
        Launch failed = Launch.of("lab", "run", "--failed", results.toString());

        assertThat(failed.out()).contains("[1/1] udp desk -> device (again)");
        assertThat(column("verdict")).containsExactly("passed", "passed", "missed");
        assertThat(Files.readAllLines(results.resolve("results.jsonl"))).hasSize(4);
    }

    @Test
    void aSessionOfSomeTestsGoesOnWithThese() throws Exception {
        Path plan = folder.resolve("roof.yaml");
        results = folder.resolve("some");
        Launch.of("lab", "run", plan.toString(), "--output", results.toString(), "--only", "tcp");
        assertThat(column("number")).containsExactly("1", "2");

        assertThat(Launch.of("lab", "run", "--resume", results.toString()).out())
                .isEqualTo("nothing is left to run in " + results + "\n");
    }

    @Test
    void whatCannotGoOnIsRefusedInASentence() throws Exception {
        assertThat(Launch.of("lab", "run", "--resume", folder + "/none"))
                .isEqualTo(new Launch(
                        1,
                        "",
                        "pitot: there is no folder of results " + folder
                                + "/none: 'pitot lab list' shows those here\n"));
        assertThat(Launch.of("lab", "run", "--resume", folder.toString()).err())
                .isEqualTo("pitot: " + folder
                        + "/session.json cannot be read as results of a session: No such file or directory.\n");
        Files.writeString(results.resolve("plan.yaml"), PLAN.replace("[1, 2]", "[1, 3]"));
        assertThat(Launch.of("lab", "run", "--resume", results.toString()).err())
                .startsWith("pitot: The plan in " + results + " was changed: its results have a test 2 (tcp; ");
    }

    @Test
    void aSessionThatStillRunsIsLeftAlone() throws Exception {
        String before = Files.readString(results.resolve("summary.txt"));
        try (FileChannel channel = FileChannel.open(results.resolve("session.lock"), StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();
            for (List<String> command :
                    List.of(List.of("run", "--resume"), List.of("run", "--failed"), List.of("summary"))) {
                List<String> line = new ArrayList<>(List.of("lab"));
                line.addAll(command);
                line.add(results.toString());
                assertThat(Launch.of(line.toArray(String[]::new)))
                        .isEqualTo(new Launch(
                                1,
                                "",
                                "pitot: The session in " + results
                                        + " is still running: wait for its end or stop it, then try again.\n"));
            }
        }

        assertThat(results.resolve("summary.txt")).hasContent(before);
        assertThat(Launch.of("lab", "summary", results.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void aPatternThatChoosesNothingStartsNothing() throws Exception {
        Path plan = folder.resolve("roof.yaml");
        Path none = folder.resolve("none");
        String meant = "pitot: no test matches --only 'tpc': did you mean 'tcp'?\n";

        assertThat(Launch.of("lab", "run", plan.toString(), "--output", none.toString(), "--only", "tpc"))
                .isEqualTo(new Launch(1, "", meant));
        assertThat(Launch.of(
                        "lab", "run", plan.toString(), "--output", none.toString(), "--only", "udp", "--only", "tpc"))
                .isEqualTo(new Launch(1, "", meant));
        assertThat(Launch.of("lab", "run", "--failed", results.toString(), "--only", "tpc"))
                .isEqualTo(new Launch(1, "", meant));
        assertThat(none).doesNotExist();
    }

    /// And a plan without one of the tests that are wanted is passed over.
    @Test
    void testsThatWereChosenKeepTheirNumbersInTheLog() throws Exception {
        Path plan = folder.resolve("roof.yaml");
        Path other = Files.writeString(folder.resolve("shed.yaml"), PLAN.replace("name: udp", "name: rain"));
        Path some = folder.resolve("some");

        Launch run = Launch.of(
                "lab", "run", other.toString(), plan.toString(), "--output", some.toString(), "--only", "udp");

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.out())
                .startsWith(other + ": --only chooses no test of it\n")
                .contains("\n[1/1] udp");
        assertThat(some.resolve("session.log")).content().contains("Ending test 3 (1 of 1) (udp; ");
        assertThat(folder.resolve("some_002")).doesNotExist();
        assertThat(Launch.of("lab", "summary", some.toString()).err()).isEmpty();
    }

    @Test
    void resultsThatCannotBeReadAreTold() throws Exception {
        cutResults(1);
        String unreadable = "pitot: 1 line of " + results + "/results.jsonl cannot be read: what a crash or an editor"
                + " has cut off or changed there counts as no result\n";
        String missing = "pitot: 2 of 3 planned tests have no result in " + results + "\n";

        Launch summary = Launch.of("lab", "summary", results.toString());
        Launch compare = Launch.of("lab", "compare", results.toString(), results.toString());
        Launch resume = Launch.of("lab", "run", "--resume", results.toString(), "--only", "tcp");

        assertThat(summary.exitCode()).isEqualTo(1);
        assertThat(summary.err()).isEqualTo(unreadable + missing);
        assertThat(compare.exitCode()).isZero();
        assertThat(compare.err()).isEqualTo((unreadable + missing).repeat(2));
        assertThat(resume.err()).isEqualTo(unreadable);
    }

    @Test
    void summariesAreMadeAgain() throws Exception {
        String before = Files.readString(results.resolve("summary.json"));
        Files.delete(results.resolve("summary.json"));

        Launch summary = Launch.of("lab", "summary", results.toString());

        assertThat(summary.exitCode()).isEqualTo(2); // as that of the run
        assertThat(summary.out()).isEqualTo(Files.readString(results.resolve("summary.txt")));
        assertThat(results.resolve("summary.json")).hasContent(before);
    }

    @Test
    void aSessionIsAsGoodAsItself() throws Exception {
        Launch same = Launch.of("lab", "compare", results.toString(), results.toString());
        Path slower = Files.createDirectory(folder.resolve("slower"));
        Files.copy(results.resolve("session.json"), slower.resolve("session.json"));
        Files.writeString(
                slower.resolve("results.jsonl"),
                Files.readString(results.resolve("results.jsonl"))
                        .replaceAll("\"bits_per_second\":[\\d.]+", "\"bits_per_second\":1000"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(results.resolve("session.json"), other.resolve("session.json"));
        Files.createFile(other.resolve("results.jsonl"));

        assertThat(same.exitCode()).isZero();
        assertThat(same.out()).contains("same").doesNotContain("worse");
        Launch worse = Launch.of("lab", "compare", results.toString(), slower.toString(), "--json");
        assertThat(worse.exitCode()).isEqualTo(2);
        assertThat(worse.out().lines()).allMatch(line -> line.startsWith("{\"test\":"));
        assertThat(Launch.of("lab", "compare", results.toString(), other.toString()))
                .isEqualTo(new Launch(
                        1,
                        "",
                        "pitot: 3 of 3 planned tests have no result in " + other + "\npitot: " + results + " and "
                                + other + " have no test in common that was measured in both\n"));
    }
}
