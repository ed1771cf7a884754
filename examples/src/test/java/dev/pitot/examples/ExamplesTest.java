package dev.pitot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.client.IperfArguments;
import dev.pitot.client.Verdict;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.Server;
import dev.pitot.model.result.Outcome;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SshdProcess;
import dev.pitot.testkit.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs each example against a server in this process.
@Timeout(180)
@Tag("slow")
class ExamplesTest {
    private static final Pattern SERVING =
            Pattern.compile("serving tests at port ([0-9]+), metrics at (http://127\\.0\\.0\\.1:[0-9]+/metrics)");

    private final Server server;
    private final String port;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    ExamplesTest() throws Exception {
        server = Iperf.server().port(0).start();
        port = Integer.toString(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void liveClientShowsEachIntervalAndTheEnd() throws Exception {
        LiveClient.run(List.of("127.0.0.1", port, "1"), out);

        assertThat(lines()).hasSizeBetween(2, 4).last().isEqualTo("done");
        assertThat(lines().getFirst()).matches("  0\\.[5-9] s +\\d+[.,]\\d Mbit/s");
    }

    @Test
    void liveClientEndsWithoutAServer() throws Exception {
        LiveClient.run(List.of("127.0.0.1", Integer.toString(FreePort.find()), "1"), out);

        assertThat(lines()).singleElement().asString().startsWith("the test ended early: ");
    }

    @Test
    void ownListenerTellsOfEverything() throws Exception {
        OwnListener.run(List.of("127.0.0.1", port), out);

        assertThat(lines())
                .extracting(line -> line.replaceAll(":.*", ""))
                .containsSubsequence("agreed", "connected", "started", "SENDER", "SENDER", "summary", "finished");
    }

    @Test
    void serverInsideATestPasses() throws Exception {
        ServerInsideATest.run(out);

        assertThat(lines()).containsExactly("passed");
    }

    @Test
    void parallelClientsTellOfEachServer() throws Exception {
        String alive = "127.0.0.1:" + port;
        String dead = "127.0.0.1:" + FreePort.find();

        ParallelClients.run(List.of(alive, alive, dead), out);

        assertThat(lines()).hasSize(3);
        assertThat(lines().subList(0, 2)).allMatch(line -> line.matches("127\\.0\\.0\\.1:\\d+ [\\d.,]+ Mbit/s"));
        assertThat(lines().getLast()).startsWith(dead + " failed: unable to connect to server");
    }

    @Test
    void jsonClientShowsIntervalsAndVerdict() throws Exception {
        JsonClient.run(List.of("127.0.0.1", port), out);

        assertThat(lines()).hasSize(11).last().asString().matches("PASS Average: \\d+\\.\\d\\d Mbps");
    }

    @Test
    void thresholdCheckPassesAndFails() throws Exception {
        String endpoint = "127.0.0.1:" + port;

        int good = ThresholdCheck.run(List.of("--seconds", "1", "--max-loss-percent", "50", endpoint), out);
        int slow = ThresholdCheck.run(List.of("--seconds", "1", "--min-bandwidth-bps", "5e6", endpoint), out);

        assertThat(good).isZero();
        assertThat(slow).isEqualTo(1);
        String figures = " endpoint=" + endpoint.replace(".", "\\.")
                + " bandwidth_bps=\\d+ loss_percent=\\d+\\.\\d{3} packets=\\d+ lost_packets=\\d+";
        assertThat(lines()).hasSize(4);
        assertThat(lines().getFirst()).matches("PASS" + figures);
        assertThat(lines().get(1)).isEqualTo("summary checked=1 failed=0");
        assertThat(lines().get(2)).matches("FAIL" + figures);
        assertThat(lines().getLast()).isEqualTo("summary checked=1 failed=1");
    }

    @Test
    void thresholdCheckSaysWhyAndExitsWithOne() throws Exception {
        String dead = "127.0.0.1:" + FreePort.find();

        try (ChildProcess check = ChildProcess.start(command(ThresholdCheck.class, dead))) {
            ChildProcess.Exit exit = check.awaitExit();

            assertThat(exit.code()).isEqualTo(1);
            assertThat(exit.stdout())
                    .startsWith("FAIL endpoint=" + dead + " reason=\"unable to connect")
                    .endsWith("summary checked=1 failed=1\n");
        }
    }

    @Test
    void helloMessagesPrintsWhatWasSent() throws Exception {
        HelloMessages.run(out);

        assertThat(lines()).containsExactly("Chat[who=Ann, text=hello]");
    }

    /// The pages show the example as it is.
    @ParameterizedTest
    @ValueSource(strings = {"docs/messages.md", "message/README.md"})
    void pagesShowHelloMessages(String page) throws Exception {
        String example = Files.readString(Path.of("src/main/java/dev/pitot/examples/HelloMessages.java"));
        String text = Files.readString(Path.of("..", page));
        int begin = text.indexOf("```java\nrecord Chat");

        String shown = text.substring(begin, text.indexOf("\n```", begin)).replaceFirst("```java\n", "");
        String type = shown.substring(0, shown.indexOf('\n'));

        assertThat(shown.lines()).hasSizeBetween(5, 12);
        assertThat(withoutSpace(example))
                .contains(withoutSpace(type))
                .contains(withoutSpace(shown.substring(type.length())));
    }

    /// The formatter breaks lines as it likes.
    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }

    @Test
    void secureMessagesLetInTheKnownKeyOnly() throws Exception {
        SecureMessages.run(out);

        assertThat(lines()).hasSize(2).first().isEqualTo("the shop: Order[item=bolts, count=12]");
        assertThat(lines().getLast()).contains("the peer does not trust this end's certificate");
    }

    @Test
    void messageChatHearsWhatItSaid() throws Exception {
        MessageChat.run(out);

        assertThat(lines()).containsExactlyInAnyOrder("Ann: hello", "Ann is at 1.5, -2.0");
    }

    @Test
    void messagePingMeasuresItsOwnServer() throws Exception {
        MessagePing.run(List.of(), out);

        assertThat(lines()).hasSize(2).first().isEqualTo("200 of 200 answered");
        assertThat(lines().getLast()).matches("50 % within \\d+ µs, 99 % within \\d+ µs");
    }

    @Test
    @Needs(Tool.IPERF3)
    void labSessionTellsWhatBecameOfEachTest(@TempDir Path folder) throws Exception {
        LabSession.run(List.of(folder.toString()), out);

        assertThat(lines()).hasSize(4).startsWith("1 of 2 done", "2 of 2 done");
        assertThat(lines().get(2)).matches("desk to phone, TCP, repetition 1: PASSED, [\\d.]+ Mbit/s");
        assertThat(lines().get(3)).matches("phone to desk, TCP, repetition 1: PASSED, [\\d.]+ Mbit/s");
        assertThat(folder.resolve("session/summary.csv")).exists();
    }

    @Test
    @Needs({Tool.IPERF3, Tool.SSHD})
    void iperfOverSshShowsIntervalsAndStops(@TempDir Path folder) throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder)) {
            List<String> args = new ArrayList<>(List.of(sshd.login() + "@" + sshd.host(), "127.0.0.1", port, "2"));
            args.add("Port=" + sshd.port());
            args.add("IdentityFile=" + sshd.clientKey());
            args.addAll(sshd.options());

            IperfOverSsh.run(args, out);
        }
        assertThat(lines()).hasSizeGreaterThanOrEqualTo(3).last().isEqualTo("Stopped[]");
        assertThat(lines().getFirst()).matches("0\\.0 to 0\\.5 s: [\\d.]+ Mbit/s");
    }

    @Test
    void factorySuiteSucceeds() throws Exception {
        int code = FactorySuite.run(List.of("127.0.0.1", port, "1"), out);

        assertThat(code).isZero();
        assertThat(lines())
                .extracting(line -> line.replaceAll(" Average: .*", ""))
                .containsExactly(
                        "settings/port STARTED",
                        "settings/port SUCCESS port " + port,
                        "bandwidth/up STARTED",
                        "bandwidth/up SUCCESS",
                        "bandwidth/again STARTED",
                        "bandwidth/again SUCCESS",
                        "Success");
    }

    @Test
    void factorySuiteAbortsOnTheFirstFailure() throws Exception {
        var good = new FactorySuite.Case("good", () -> new Verdict.Pass("fine"));
        var bad = new FactorySuite.Case("bad", () -> new Verdict.Fail("Average: 1.00 Mbps"));

        int code = FactorySuite.carryOut(
                List.of(
                        new FactorySuite.Suite("one", List.of(good, bad, good)),
                        new FactorySuite.Suite("two", List.of(good))),
                out);

        assertThat(code).isEqualTo(1);
        assertThat(lines())
                .containsExactly(
                        "one/good STARTED",
                        "one/good SUCCESS fine",
                        "one/bad STARTED",
                        "one/bad FAILED Average: 1.00 Mbps",
                        "one/good ABORTED",
                        "two/good ABORTED",
                        "Failure");
    }

    @Test
    void factorySuiteFailsWithoutAServer() throws Exception {
        int code = FactorySuite.run(List.of("127.0.0.1", Integer.toString(FreePort.find())), out);

        assertThat(code).isEqualTo(1);
        assertThat(lines()).anyMatch(line -> line.startsWith("bandwidth/up FAILED unable to connect to server"));
    }

    @Test
    void prometheusServerShowsTheTestsThatItServed() throws Exception {
        try (ChildProcess program = ChildProcess.start(command(PrometheusServer.class, "0", "0"))) {
            program.awaitStdout("/metrics");
            Matcher told = SERVING.matcher(program.stdout());
            assertThat(told.find()).as(program.stdout()).isTrue();

            Outcome outcome = IperfArguments.client(List.of("-c", "127.0.0.1", "-p", told.group(1), "-n", "1M"))
                    .run();
            String page = pageWith(
                    URI.create(told.group(2)),
                    "pitot_tests_total{outcome=\"completed\",protocol=\"tcp\",role=\"server\"} 1.0");

            assertThat(outcome.ending().isCompleted()).isTrue();
            assertThat(page.lines())
                    .contains("pitot_transferred_bytes_total{direction=\"receive\",protocol=\"tcp\",role=\"server\"}"
                            + " 1048576.0");
        }
    }

    /// Reads a page until it contains a text: a server sees the end of a test later than its client.
    private static String pageWith(URI address, String text) throws IOException {
        String page = "";
        while (!page.contains(text)) { // the test's time limit ends this
            try (InputStream body = address.toURL().openStream()) {
                page = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return page;
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /// Command line of the program as a separate process, with this process's JVM and class path.
    private static List<String> command(Class<?> program, String... args) {
        String paths = String.join(
                System.getProperty("path.separator"),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                paths,
                program.getName()));
        command.addAll(List.of(args));
        return command;
    }
}
