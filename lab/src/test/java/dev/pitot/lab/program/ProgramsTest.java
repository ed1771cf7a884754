package dev.pitot.lab.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.engine.Program;
import dev.pitot.lab.engine.Version;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.ProcessConnection;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    private final NodeCommands commands = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);

    private Programs programs(Node.Programs paths) throws Exception {
        var node = new Node(
                "tate",
                OperatingSystem.LINUX,
                new Door.Local(),
                new Node.Traffic("127.0.0.1", null),
                paths,
                Node.Control.USUAL);
        return NodeFacts.of(node, commands, Set.of()).programs();
    }

    @Test
    @Needs({Tool.IPERF2, Tool.IPERF3})
    @EnabledOnOs(OS.LINUX)
    void theProgramsOfThisMachineAreFoundWithTheirVersions() throws Exception {
        Programs programs = programs(Node.Programs.ANY);

        Program iperf3 = Objects.requireNonNull(programs.of(EngineKind.IPERF3));
        Program iperf2 = Objects.requireNonNull(programs.of(EngineKind.IPERF2));
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

        Programs programs = programs(new Node.Programs(null, paths, Map.of()));

        assertThat(programs.all())
                .containsExactly(new Program(EngineKind.PITOT, pitot.toString(), new Version(3, 21, 0)));
        assertThat(programs.of(EngineKind.IPERF3)).isNull();
        assertThat(programs.of(EngineKind.IPERF2)).isNull();
    }

    @Test
    void aProgramIsWhatItSaysItIs() {
        String iperf2 = "iperf version 2.1.8 (12 August 2022) pthreads";
        String iperf3 = "iperf 3.17.1+ (cJSON 1.7.15)\nLinux vm 6.1\n";

        assertThat(Programs.identified(EngineKind.IPERF2, "iperf", iperf2))
                .isEqualTo(new Program(EngineKind.IPERF2, "iperf", new Version(2, 1, 8)));
        assertThat(Programs.identified(EngineKind.IPERF3, "iperf", iperf3))
                .isEqualTo(new Program(EngineKind.IPERF3, "iperf", new Version(3, 17, 1)));
        assertThat(Programs.identified(EngineKind.IPERF2, "iperf", iperf3)).isNull();
        assertThat(Programs.identified(EngineKind.IPERF3, "iperf3", iperf2)).isNull();
        assertThat(Programs.identified(EngineKind.PITOT, "pitot", "sh: 1: exec: pitot: not found"))
                .isNull();
    }
}
