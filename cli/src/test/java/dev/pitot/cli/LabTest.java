package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.SamplePlan;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs `pitot lab sample`, `check` and `run` in this process, against iperf3 on this machine.
@Timeout(180)
@Tag("slow")
class LabTest {
    private static final String TWO_NODES = """
            lease: {wait: 100 s}
            nodes:
              desk: {connection: local, address: 127.0.0.1, engine: iperf3}
              device: {connection: local, address: 127.0.0.1, engine: iperf3}
            traffic_pc: desk
            directions: to
            """;
    private static final String ONE_SECOND = "tests: [{name: tcp, options: {time: 1}}]\n";

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /// Returns a plan whose results go below this test's folder.
    private String plan(String title, String rest) throws IOException {
        String results = "output: {folder: '" + folder.resolve("results_" + title) + "'}\n";
        return file(title + ".yaml", "title: " + title + "\n" + TWO_NODES + results + rest);
    }

    @Test
    void theSampleIsWrittenAndNeverOverwritten() throws Exception {
        String file = folder.resolve("mine.yaml").toString();

        Launch written = Launch.of("lab", "sample", file);
        Files.writeString(folder.resolve("mine.yaml"), "# changed\n", StandardOpenOption.APPEND);
        Launch again = Launch.of("lab", "sample", file);

        assertThat(written)
                .isEqualTo(new Launch(0, file + " is written: 'pitot lab run " + file + "' carries it out\n", ""));
        assertThat(again)
                .isEqualTo(new Launch(
                        1, "", "pitot: " + file + " is there already and is not overwritten: give another name\n"));
        assertThat(folder.resolve("mine.yaml")).hasContent(SamplePlan.text() + "# changed\n");
        assertThat(Launch.of("lab", "sample", "-")).isEqualTo(new Launch(0, SamplePlan.text(), ""));
        assertThat(Launch.of("lab", "sample", folder + "/no/lab.yaml").err())
                .isEqualTo("pitot: cannot write " + folder + "/no/lab.yaml: No such file or directory\n");
    }

    @Test
    void checkTellsEveryMistakeWithItsPlace() throws Exception {
        String wrong = file("wrong.yaml", """
                nodes:
                  a: {connection: lokal, address: 127.0.0.1}
                  b: {connection: local}
                traffic_pc: a
                tests:
                  - name: tcp
                    options: {tiem: 1}
                """);

        Launch check = Launch.of("lab", "check", wrong);

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).isEmpty();
        assertThat(check.err().lines())
                .containsExactly(
                        wrong + ":2:19: unknown connection 'lokal': did you mean 'local'?",
                        wrong + ":3:3: node 'b' needs an 'address' for test traffic, or the 'interface' that has it",
                        wrong + ":7:15: unknown option 'tiem': did you mean 'time'?");
    }

    @Test
    void checkTellsHowManyTestsThereWillBe() throws Exception {
        String good = plan("good", "repeat: 3\n" + ONE_SECOND);

        assertThat(Launch.of("lab", "check", good)).isEqualTo(new Launch(0, good + ": good, 2 nodes, 3 tests\n", ""));
    }

    @Test
    void whatIsNoPlanIsSaidWithWhatToDo() throws Exception {
        String good = plan("good", ONE_SECOND);
        String missing = folder.resolve("none.yaml").toString();

        assertThat(Launch.of("lab", "check", missing))
                .isEqualTo(new Launch(
                        1,
                        "",
                        "pitot: there is no plan " + missing + ": 'pitot lab sample " + missing + "' writes one\n"));
        assertThat(Launch.of("lab", "check", folder.toString()).err())
                .isEqualTo(
                        "pitot: " + folder + " is a folder: name the plans in it, such as '" + folder + "/*.yaml'\n");
        assertThat(Launch.of("lab", "check", folder + "/*.yml", good))
                .isEqualTo(new Launch(
                        1,
                        good + ": good, 2 nodes, 1 test\n",
                        "pitot: " + folder + ": no file here matches '*.yml': its plans are good.yaml\n"));
        assertThat(Launch.of("lab", "run", "--outptu", "x").err())
                .isEqualTo("pitot: unknown option '--outptu' (see pitot lab run --help)\n");
    }

    @Test
    @Needs(Tool.IPERF3)
    void checkTriesTheNodes() throws Exception {
        String port = Launch.freePort();
        String good = plan("good", ONE_SECOND);
        String far = file("far.yaml", """
                nodes:
                  desk: {connection: local, address: 127.0.0.1}
                  hand: {connection: manual, address: 192.0.2.1}
                  dark: {connection: local, interface: nosuch0}
                  mute: {connection: telnet, host: 127.0.0.1, port: PORT, address: 192.0.2.2}
                traffic_pc: desk
                directions: to
                tests: [{name: tcp, options: {time: 1}}]
                hooks:
                  session_start: {command: no-such-attenuator --off}
                  before_test: {command: no-such-turntable 90, node: desk}
                """.replace("PORT", port));

        Launch all = Launch.of("lab", "check", "--nodes", good);
        Launch some = Launch.of("lab", "check", "--nodes", far);

        assertThat(all.exitCode()).isZero();
        assertThat(all.out().lines())
                .hasSize(3)
                .element(1)
                .asString()
                .matches("  desk \\(this machine\\): 127\\.0\\.0\\.1,.* iperf3 \\d.*");
        assertThat(some.exitCode()).isEqualTo(1);
        assertThat(some.out()).contains("  hand (by hand): 192.0.2.1, not touched\n");
        assertThat(some.err().lines())
                .containsExactly(
                        "pitot: this machine has no no-such-attenuator, which a hook of session_start needs:"
                                + " install it there, or give its path",
                        "pitot: 'desk' has no no-such-turntable, which a hook of before_test needs: install it"
                                + " there, or give its path",
                        "pitot: 'dark' reports no address of its interface 'nosuch0': check the interface's name,"
                                + " that it is up, or give 'address'",
                        "pitot: mute (telnet 127.0.0.1) cannot be opened: Connection refused");
    }

    @Test
    @Needs(Tool.IPERF3)
    void theSampleRunsWithALineForEachTestAndATable() throws Exception {
        String text = SamplePlan.text().replace("time: 2", "time: 1");
        String sample = file("sample.yaml", "lease: {wait: 100 s}\n" + text); // other tests have nodes of these names
        Path results = folder.resolve("results");

        Launch run = Launch.of("lab", "run", sample, "--output", results.toString(), "--parallel", "2");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out().lines().toList()).satisfies(lines -> {
            assertThat(lines.getFirst()).isEqualTo("sample: 3 tests, results in " + results);
            assertThat(lines.get(1)).matches("\\[1/3] tcp desk -> device: [\\d.]+ Mbit/s, passed, \\d+ s left");
            assertThat(lines.get(2))
                    .matches("\\[2/3] udp desk -> device: [\\d.]+ Mbit/s, [\\d.]+ % lost, passed, \\d+ s left");
            assertThat(lines.get(3)).matches("\\[3/3] tcp device -> desk: [\\d.]+ Mbit/s, passed");
            assertThat(lines.get(4)).startsWith("sample: ").contains(" to ");
            assertThat(lines.get(5)).startsWith("no  rep  test  from    to      proto");
            assertThat(lines.getLast()).isEqualTo("3 passed, 0 missed, 0 failed, 0 stopped");
        });
        assertThat(results.resolve("summary.csv")).exists();
        assertThat(results.resolve("raw_iperf"))
                .isDirectoryContaining("glob:**/downstream_rx_udp_device_udp_r1_*.iperf");
    }

    @Test
    @Needs(Tool.IPERF3)
    void aMissedThresholdIsAnExitCodeOfItsOwn() throws Exception {
        String plan = plan("slow", "tests: [{name: tcp, options: {time: 1}, thresholds: {bitrate: '>= 900T'}}]\n");

        Launch run = Launch.of("lab", "run", plan);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains("Mbit/s, missed: ")
                .endsWith("0 passed, 1 missed, 0 failed, 0 stopped\n" + last(run));
    }

    /// Returns the failure reason below the counts.
    private static String last(Launch run) {
        return run.out().lines().toList().getLast() + "\n";
    }

    @Test
    void whatCannotBeMeasuredIsTriedAgainAndFails() throws Exception {
        String plan = plan("broken", ONE_SECOND);
        Files.writeString(
                Path.of(plan),
                Files.readString(Path.of(plan))
                        .replace(
                                "device: {connection: local, address: 127.0.0.1",
                                "device: {connection: local, interface: nosuch0"));

        Launch run = Launch.of("lab", "run", plan);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().filter(line -> line.startsWith("[")))
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("[1/2] tcp desk -> device: failed: ")
                                .contains("reports no address of its interface 'nosuch0'")
                                .contains("; comes again at the end"),
                        second -> assertThat(second).startsWith("[2/2] tcp desk -> device (again): failed: "));
        assertThat(run.out()).contains("\n0 passed, 0 missed, 1 failed, 0 stopped\n");
    }

    @Test
    @Needs(Tool.IPERF3)
    void oneSignalEndsTheSessionInOrder() throws Exception {
        String plan = plan("long", "repeat: 2\ntests: [{name: tcp, options: {time: 30}}]\n");

        try (Launch.Running running = Launch.start("lab", "run", plan)) {
            running.awaitOutput("results in");
            running.signal("Interrupt(2)");
            Launch run = running.join();

            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(run.err())
                    .isEqualTo("pitot: Interrupt(2): the session ends in order; a second signal ends it at once\n");
            assertThat(run.out()).contains("\n0 passed, 0 missed, 0 failed, 2 stopped\n");
        }
    }

    @Test
    @Needs(Tool.IPERF3)
    void plansOfAPatternAreDoneInTheirOrderAndFailuresAreListedAtTheEnd() throws Exception {
        plan("c_last", ONE_SECOND);
        String wrong = file("b_wrong.yaml", "title: wrong\n");
        String full = plan("a_full", ONE_SECOND);
        Files.writeString(Path.of(full), Files.readString(Path.of(full)).replace(folder.toString(), "/dev/null"));

        Launch run = Launch.of("lab", "run", folder + "/*.yaml");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().filter(line -> line.contains("results in")))
                .containsExactly("c_last: 1 test, results in " + folder + "/results_c_last");
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S+";
        assertThat(run.err().lines().toList()).satisfies(lines -> {
            assertThat(lines.getFirst()).startsWith(wrong + ":1:1: ");
            assertThat(lines).filteredOn(line -> line.startsWith("pitot: ")).hasSize(2);
            assertThat(lines.get(lines.size() - 3)).isEqualTo("pitot: 2 plans failed:");
            assertThat(lines.get(lines.size() - 2)).isEqualTo(wrong + ": not carried out: see the errors above");
            assertThat(lines.getLast())
                    .matches(full + ": began " + time + ", failed " + time
                            + ": The folder for results, /dev/null/results_a_full, could not be made .*");
        });
    }

    @Test
    void whatRunsIsWrittenOverOnATerminalUnlessToldNotTo() throws Exception {
        String plan = plan("dark", "retries: 0\n" + ONE_SECOND);
        Files.writeString(
                Path.of(plan),
                Files.readString(Path.of(plan)).replace("address: 127.0.0.1, engine", "interface: nosuch0, engine"));
        String failed = "[1/1] tcp desk -> device: failed: ";

        Launch written = Launch.atATerminal("lab", "run", plan);
        Launch plain = Launch.atATerminal("lab", "run", "--plain", plan);

        assertThat(written.out()).contains("\n[1/1] tcp desk -> device\r\u001b[K" + failed);
        assertThat(plain.out()).contains("\n" + failed).doesNotContain("\u001b", "\r");
    }

    @Test
    void whatADeviceSaysCannotSteerTheTerminal() throws Exception {
        Path iperf3 = Files.writeString(folder.resolve("iperf3"), """
                #!/bin/sh
                case $1 in --version) echo 'iperf 3.12'; exit;; esac
                printf 'iperf3: error - \033[31mred\033]0;mine\007 \302\205\n' >&2
                exit 1
                """);
        assertThat(iperf3.toFile().setExecutable(true)).isTrue();
        String plan = plan("rude", "retries: 0\n" + ONE_SECOND);
        Files.writeString(
                Path.of(plan),
                Files.readString(Path.of(plan)).replace("iperf3}", "iperf3, programs: {iperf3: '" + iperf3 + "'}}"));

        Launch run = Launch.of("lab", "run", plan);
        Launch list = Launch.of("lab", "list", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("?[31mred?]0;mine?");
        assertThat(run.out() + run.err() + list.out()).doesNotContainPattern("[\\p{Cc}&&[^\n\t]]");
    }

    @Test
    void sessionsAreListedAsTextAndAsJson() throws Exception {
        String plan = plan("dark", "retries: 0\n" + ONE_SECOND);
        Files.writeString(
                Path.of(plan), Files.readString(Path.of(plan)).replace("address: 127.0.0.1", "interface: nosuch0"));
        assertThat(Launch.of("lab", "run", plan).exitCode()).isEqualTo(1);
        String results = folder.resolve("results_dark").toString();

        Launch text = Launch.of("lab", "list", folder.toString());
        Launch json = Launch.of("lab", "list", "--json", folder.toString());

        assertThat(text.err() + json.err()).isEmpty();
        assertThat(text.out())
                .matches("20\\S+Z  " + results + "  dark  1 planned, 0 passed, 0 missed, 1 failed, 0 stopped\n");
        assertThat(json.out())
                .startsWith("{\"folder\":\"" + results + "\",\"title\":\"dark\",\"began\":\"20")
                .endsWith("Z\",\"planned\":1,\"passed\":0,\"missed\":0,\"failed\":1,\"stopped\":0}\n");
    }

    @Test
    void whereNothingIsListedThatIsSaid() {
        assertThat(Launch.of("lab", "list", folder.toString()))
                .isEqualTo(new Launch(
                        0,
                        "",
                        "pitot: no results are right below " + folder
                                + ": name the folder that folders of results are in\n"));
        assertThat(Launch.of("lab", "list", folder + "/none"))
                .isEqualTo(new Launch(
                        1,
                        "",
                        "pitot: there is no folder " + folder
                                + "/none: name the one that folders of results are in\n"));
    }
}
