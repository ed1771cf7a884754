package dev.pitot.lab.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.ProcessConnection;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledToolsTest {
    private final NodeCommands commands = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);

    private InstalledTools programs(Node.Tools paths) throws Exception {
        var node = new Node(
                "tate",
                OperatingSystem.LINUX,
                new ConnectionSettings.Local(),
                new Node.Traffic("127.0.0.1", null),
                paths,
                Node.Control.DEFAULT);
        return NodeFacts.of(node, commands, Set.of()).programs();
    }

    @Test
    @Needs({Tool.IPERF2, Tool.IPERF3})
    @EnabledOnOs(OS.LINUX)
    void theProgramsOfThisMachineAreFoundWithTheirVersions() throws Exception {
        InstalledTools programs = programs(Node.Tools.ANY);

        InstalledTool iperf3 = Objects.requireNonNull(programs.of(EngineKind.IPERF3));
        InstalledTool iperf2 = Objects.requireNonNull(programs.of(EngineKind.IPERF2));
        assertThat(iperf3.path()).isEqualTo("iperf3");
        assertThat(Objects.requireNonNull(iperf3.version()).major()).isEqualTo(3);
        assertThat(iperf2.path()).isEqualTo("iperf");
        assertThat(Objects.requireNonNull(iperf2.version()).major()).isEqualTo(2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void programsElsewhereAreFoundAndMissingOnesAreNot(@TempDir Path folder) throws Exception {
        Path pitot = Files.writeString(folder.resolve("pitot"), "#!/bin/sh\necho 'iperf 3.21 (Pitot 0.3.1)'\n");
        assertThat(pitot.toFile().setExecutable(true)).isTrue();
        Map<EngineKind, String> paths = Map.of(
                EngineKind.PITOT, pitot.toString(), EngineKind.IPERF3, "/no/such/iperf3", EngineKind.IPERF2, "echo");

        InstalledTools programs = programs(new Node.Tools(null, paths, Map.of()));

        assertThat(programs.all())
                .containsExactly(new InstalledTool(EngineKind.PITOT, pitot.toString(), new ToolVersion(3, 21, 0)));
        assertThat(programs.of(EngineKind.IPERF3)).isNull();
        assertThat(programs.of(EngineKind.IPERF2)).isNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(60)
    void aProgramThatWritesWithoutEndIsStillKnown(@TempDir Path folder) throws Exception {
        Path endless = Files.writeString(folder.resolve("iperf3"), "#!/bin/sh\necho 'iperf 3.17'\nexec yes\n");
        assertThat(endless.toFile().setExecutable(true)).isTrue();

        InstalledTools programs =
                programs(new Node.Tools(null, Map.of(EngineKind.IPERF3, endless.toString()), Map.of()));

        assertThat(programs.of(EngineKind.IPERF3))
                .isEqualTo(new InstalledTool(EngineKind.IPERF3, endless.toString(), new ToolVersion(3, 17, 0)));
    }

    /// It is taken for the oldest then.
    @ParameterizedTest
    @ValueSource(
            strings = {"iperf 3.x\n6.1.0", "iperf 3.9999999999", "iperf 3.", "iperf 3.1.2.3", "iperf 3.17.9999999"})
    void aVersionThatIsNoneIsNotGuessed(String said) {
        assertThat(InstalledTools.identified(EngineKind.IPERF3, "iperf3", said))
                .isEqualTo(new InstalledTool(EngineKind.IPERF3, "iperf3", null));
        assertThat(InstalledTools.identified(EngineKind.PITOT, "pitot", said + "9".repeat(1_000_000)))
                .isNull();
    }

    @Test
    void aProgramIsWhatItSaysItIs() {
        String iperf2 = "iperf version 2.1.8 (12 August 2022) pthreads";
        String iperf3 = "iperf 3.17.1+ (cJSON 1.7.15)\nLinux vm 6.1\n";

        assertThat(InstalledTools.identified(EngineKind.IPERF2, "iperf", iperf2))
                .isEqualTo(new InstalledTool(EngineKind.IPERF2, "iperf", new ToolVersion(2, 1, 8)));
        assertThat(InstalledTools.identified(EngineKind.IPERF3, "iperf", iperf3))
                .isEqualTo(new InstalledTool(EngineKind.IPERF3, "iperf", new ToolVersion(3, 17, 1)));
        assertThat(InstalledTools.identified(EngineKind.IPERF2, "iperf", iperf3))
                .isNull();
        assertThat(InstalledTools.identified(EngineKind.IPERF3, "iperf3", iperf2))
                .isNull();
        assertThat(InstalledTools.identified(EngineKind.PITOT, "pitot", "sh: 1: exec: pitot: not found"))
                .isNull();
    }
}
