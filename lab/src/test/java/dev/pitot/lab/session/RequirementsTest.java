package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanFolders;
import dev.pitot.lab.plan.PlanReader;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.ProcessConnection;
import dev.pitot.lab.tool.NodeFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class RequirementsTest {
    private static final String PLAN = """
            nodes:
              desk: {connection: local, address: 10.0.0.1}
              tate: {connection: local, address: 10.0.0.2, system: linux}
            traffic_pc: desk
            tests:
              - {name: quick, engine: iperf3}
              - {name: any}
            hooks:
              session_start: {command: attenuator --off}
              before_test:
                - {command: "turntable --to 90", node: tate}
                - {command: ./beside, node: tate}
                - {command: "tail {test}", node: tate}
            watches:
              - {watch: ping, node: tate, arguments: 10.0.0.1}
              - {watch: signal, node: tate, arguments: wlan0}
              - {watch: follow_file, node: tate, arguments: /var/log/messages}
            """;

    @TempDir
    private Path programs;

    private Plan plan;
    private Requirements requirements;

    @BeforeEach
    void readPlan() throws Exception {
        add("sh", "uname", "tail"); // and no ping, iw, iperf3, turntable
        plan = PlanReader.read("plan.yaml", PLAN, new PlanFolders(programs, programs));
        requirements = Requirements.of(plan);
    }

    @Test
    void whatIsMissingIsNamedWithWhatNeedsIt() throws Exception {
        NodeFacts facts = facts();

        assertThat(requirements.missingForHooks(facts))
                .containsExactly("'tate' has no turntable, which a hook of before_test needs: install it there, or"
                        + " give its path");
        assertThat(requirements.missingForTests(facts))
                .containsExactly(
                        "'tate' has no ping, which the monitor ping needs: install it there, or give its path",
                        "'tate' has no iw, which the monitor signal needs: install it there, or give its path",
                        "'tate' has no iperf3, which the test quick needs: install it there, or give its path");
    }

    @Test
    void anotherProgramMayDoInItsPlace() throws Exception {
        add("iwconfig");

        assertThat(requirements.missingForTests(facts())).noneMatch(sentence -> sentence.contains(" iw,"));
    }

    @Test
    void aHookWithoutANodeNeedsItsProgramHere() throws Exception {
        assertThat(requirements.missingHere(machine()))
                .containsExactly("this machine has no attenuator, which a hook of session_start needs: install it"
                        + " there, or give its path");
        add("attenuator");
        assertThat(requirements.missingHere(machine())).isEmpty();
    }

    private NodeFacts facts() throws Exception {
        Node node = Objects.requireNonNull(plan.nodes().get("tate"));
        var commands = new NodeCommands(machine(), OperatingSystem.LINUX);
        return NodeFacts.of(node, commands, requirements.programs("tate"));
    }

    /// This machine with the programs of the folder only.
    private ProcessConnection machine() {
        return new ProcessConnection("/usr/bin/env", "PATH=" + programs);
    }

    private void add(String... names) throws IOException {
        for (String name : names) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\nexec /bin/" + name + " \"$@\"\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
    }
}
