package dev.pitot.lab.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.NodeCommands.CommandResult;
import dev.pitot.lab.process.ProcessConnection;
import dev.pitot.lab.process.ProcessTag;
import dev.pitot.lab.process.Readiness;
import dev.pitot.lab.process.RemoteProcess;
import dev.pitot.lab.process.TerminationResult;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every kind of command that is built is taken by the real programs, on loopback, and started,
/// awaited and ended as on a node.
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class InstalledToolsRunTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String LOOPBACK = "127.0.0.1";

    private final NodeCommands commands = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);
    private final ProcessTag tag = new ProcessTag(UUID.randomUUID().toString(), "node", "server");
    private final Queue<String> serverLines = new ConcurrentLinkedQueue<>();

    private CommandResult run(EngineKind kind, String options, OutputStyle style) throws Exception {
        return run(kind, options, Iperf2Options.NONE, style);
    }

    private CommandResult run(EngineKind kind, String options, Iperf2Options own, OutputStyle style) throws Exception {
        var here = new Node(
                "here",
                OperatingSystem.LINUX,
                new ConnectionSettings.Local(),
                new Node.Traffic(LOOPBACK, null),
                Node.Tools.ANY,
                Node.Control.DEFAULT);
        InstalledTool program = Objects.requireNonNull(
                NodeFacts.of(here, commands, List.of()).programs().of(kind));
        Engine engine = Engine.of(program);
        var settings = TestSettings.of(List.of(options.split(" ", -1)), own, style);
        int port = FreePort.find();
        ToolCommand server = engine.server(settings, new ServerAddress(LOOPBACK, port));
        ToolCommand client = engine.client(settings, new ClientTarget(LOOPBACK, port, LOOPBACK));
        boolean endsByItself = server.endsAfterOneTest();
        try (RemoteProcess process = RemoteProcess.start(commands, tag, server.words(), this::heard)) {
            Readiness.State state =
                    new Readiness().await(commands, server.readiness(), port, () -> hasEnded(process), LONG);
            assertThat(state).as(() -> String.join("\n", serverLines)).isEqualTo(Readiness.State.SEEN);

            CommandResult answer = commands.run(client.words(), LONG);

            assertThat(answer.code()).as(answer::toString).isZero();
            if (endsByItself) {
                assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(0));
            }
            assertThat(process.end(LONG))
                    .isEqualTo(endsByItself ? TerminationResult.BY_ITSELF : TerminationResult.TERMINATED);
            return answer;
        }
    }

    private void heard(OutputLine line) {
        serverLines.add(line.text());
    }

    private static boolean hasEnded(RemoteProcess process) {
        try {
            return process.await(Duration.ZERO) != null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Needs(Tool.IPERF3)
    @ParameterizedTest
    @CsvSource({
        "-t 1 -i 0.5 -P 2 -l 64K -w 128K -N -M 1000 -S 16",
        "-u -b 5M -t 1 -l 1000",
        "-n 100K -R",
        "-k 10 --bidir"
    })
    void iperf3TakesItsCommandsAndBothEndsTellInJson(String options) throws Exception {
        CommandResult client = run(EngineKind.IPERF3, options, OutputStyle.EXACT);

        assertThat(String.join("\n", client.out())).contains("\"sum_received\"", "\"intervals\"");
        assertThat(String.join("\n", serverLines)).contains("\"accepted_connection\"");
    }

    @Needs(Tool.IPERF3)
    @Test
    void iperf3TellsInTextToo() throws Exception {
        CommandResult client = run(EngineKind.IPERF3, "-n 100K -f m", OutputStyle.TEXT);

        assertThat(client.out()).last().isEqualTo("iperf Done.");
        assertThat(serverLines).anyMatch(line -> line.startsWith("Server listening on "));
    }

    @Needs(Tool.IPERF2)
    @ParameterizedTest
    @CsvSource({
        "-n 1M -i 0 -P 2 -l 64K -w 128K -N -M 1000 -S 16",
        "-n 1M -b 100M -l 10K",
        "-u -b 5M -t 1 -i 0.5 -l 1000",
        "-n 100K -R",
        "-k 10 -l 1000",
        "-n 1M --fq-rate 50M -C cubic"
    })
    void iperf2TakesItsCommandsAndBothEndsTellInCsv(String options) throws Exception {
        CommandResult client = run(EngineKind.IPERF2, options, OutputStyle.EXACT);

        assertThat(client.out()).anyMatch(line -> line.matches("\\d{14},127\\.0\\.0\\.1,.*"));
        assertThat(serverLines).anyMatch(line -> line.matches("\\d{14},127\\.0\\.0\\.1,.*"));
    }

    @Needs(Tool.IPERF2)
    @ParameterizedTest
    @CsvSource({"-n 100K -f m", "-u -b 5M -n 50K"})
    void iperf2TellsInTextToo(String options) throws Exception {
        CommandResult client = run(EngineKind.IPERF2, options, OutputStyle.TEXT);

        assertThat(client.out()).anyMatch(line -> line.matches("\\[.*] 0\\.0000-.* sec .*"));
        assertThat(serverLines).anyMatch(line -> line.matches("\\[.*] 0\\.0000-.* sec .*"));
    }

    @Needs(Tool.IPERF2)
    @ParameterizedTest
    @CsvSource({
        "-n 100K -l 10K -i 0.5 -w 128K -M 1000 -N, --compatibility --format k --print_mss --ttl 3 --reportexclude V",
        "-n 100K, --reportstyle C",
        "-u -b 5M -n 50K, --ttl 3"
    })
    void iperf2TakesEveryOptionOfItsOwn(String options, String own) throws Exception {
        var client = new Iperf2Options(List.of(own.split(" ", -1)), List.of(), false);

        CommandResult answer = run(EngineKind.IPERF2, options, client, OutputStyle.TEXT);

        assertThat(String.join("\n", answer.err()) + String.join("\n", answer.out()))
                .doesNotContain("unrecognized", "not valid");
    }
}
