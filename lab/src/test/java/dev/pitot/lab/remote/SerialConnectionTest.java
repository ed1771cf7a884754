package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.testkit.Awaiter;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SerialLineProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.SOCAT)
@Tag("slow")
class SerialConnectionTest {
    @TempDir
    private Path folder;

    private static NodeConnection connection(Path device) throws ConnectionException {
        return new ConnectionFactory(new SecretReader(_ -> null), device, InstantSource.system())
                .open(
                        new ShellContext("tate", OperatingSystem.LINUX, Map.of()),
                        new ConnectionSettings.Serial(device.toString(), 115_200, null, null));
    }

    @Test
    void commandsRunOnAShellThatWaitsThere() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                NodeConnection connection = connection(line.device())) {
            ConsoleContract.commandsArriveAsTheyWereGiven(connection);
        }
    }

    @Test
    void muchArrivesAndAServerDoesNotBlock() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                NodeConnection connection = connection(line.device())) {
            ConsoleContract.muchArrivesWhole(connection);
            ConsoleContract.aServerDoesNotBlockTheConsole(connection);
        }
    }

    @Test
    void aShellThatEditsItsLinesIsMadeQuiet() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/bash -i");
                NodeConnection connection = connection(line.device())) {
            ConsoleContract.commandsArriveAsTheyWereGiven(connection);
        }
    }

    @Test
    void theShellIsLeftAsItWasAndItsFilesAreGone() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh")) {
            String files;
            try (NodeConnection connection = connection(line.device())) {
                files = ConsoleContract.run(connection, 0, "sh", "-c", "dirname \"$(readlink /proc/$$/fd/1)\"")
                        .texts(OutputLine.Origin.OUT)
                        .getFirst();
                assertThat(files).startsWith("/tmp/pitot-");
                assertThat(Path.of(files)).isDirectory();
            }
            Awaiter.await(() -> !Files.exists(Path.of(files))); // the shell may still be at it
            try (NodeConnection again = connection(line.device())) {
                assertThat(ConsoleContract.run(again, 0, "echo", "again").texts(OutputLine.Origin.OUT))
                        .containsExactly("again");
            }
        }
    }

    @Test
    void aCableThatIsPulledEndsTheCommands() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                NodeConnection connection = connection(line.device());
                ConsoleContract.Server server = ConsoleContract.server(connection, true)) {
            line.process().close();

            assertThat(server.running().await(ConsoleContract.PATIENCE))
                    .isEqualTo(new CommandEnd.ConnectionLost(connection.name() + " has closed the line"));
        }
    }

    @Test
    void aDeviceThatIsNoneIsASentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path device : List.of(file, folder.resolve("missing"))) {
            try (NodeConnection connection = connection(device)) {
                assertThatThrownBy(() -> connection.start(List.of("true"), new ConsoleLineRecorder()))
                        .hasMessage(connection.name() + " cannot be opened: the device " + device
                                + " cannot be set up: check that it is there, a serial line, yours to use,"
                                + " and that it knows the speed");
            }
        }
    }
}
