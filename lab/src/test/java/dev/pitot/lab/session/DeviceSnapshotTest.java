package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanFolders;
import dev.pitot.lab.plan.PlanReader;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.LocalConnection;
import dev.pitot.lab.results.ResultsFolder;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// This machine, whose `uname` answers when it is let.
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class DeviceSnapshotTest {
    private static final String PLAN = """
            title: look
            nodes:
              a: {connection: local, address: 127.0.0.1, engine: iperf3}
              b: {connection: local, address: 127.0.0.1, engine: iperf3}
            traffic_pc: a
            directions: from
            tests: [{name: one}]
            """;

    @TempDir
    private Path folder;

    @Test
    void noTestWaitsForTheLookAndTheEndDoes() throws Exception {
        Path go = folder.resolve("go");
        LocalNodes.script(folder, "uname", "while [ ! -e " + go + " ]; do sleep 0.1; done", "echo Told");
        Plan plan = PlanReader.read("plan.yaml", PLAN, new PlanFolders(folder, folder));
        Map<String, String> path = Map.of("PATH", folder + ":/usr/bin:/bin");
        try (var connection = new LocalConnection("tate", path, InstantSource.system());
                ResultsFolder results = ResultsFolder.create(
                        folder, plan, new PlanCopy("plan.yaml", PLAN), InstantSource.system(), ZoneOffset.UTC)) {
            var commands = new NodeCommands(connection, OperatingSystem.LINUX);
            Path state = results.path().resolve("logs/state_tate.log");
            try (var snapshot = new DeviceSnapshot(results)) {
                snapshot.take(List.of(new CommandTarget("tate", "s", commands, null, false)));

                assertThat(state).doesNotExist();
                Files.createFile(go);
            }
            assertThat(state).content().contains("kernel: Told");
        }
    }
}
