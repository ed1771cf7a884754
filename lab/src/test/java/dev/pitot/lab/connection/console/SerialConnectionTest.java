package dev.pitot.lab.connection.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.NodeShell;
import dev.pitot.lab.connection.SecretReader;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SerialLineProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static Connection connection(Path device) {
        var door = new Door.Serial(device.toString(), 115_200, null, null);
        return new Consoles()
                .serial(new NodeShell("tate", OperatingSystem.LINUX, Map.of()), door, new SecretReader(_ -> null));
    }

    @Test
    void commandsRunOnAShellThatWaitsThere() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                Connection connection = connection(line.device())) {
            ConsoleChecks.commandsArriveAsTheyWereGiven(connection);
        }
    }

    @Test
    void muchArrivesAndAServerDoesNotBlock() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                Connection connection = connection(line.device())) {
            ConsoleChecks.muchArrivesWhole(connection);
            ConsoleChecks.aServerDoesNotBlockTheConsole(connection);
        }
    }

    @Test
    void aShellThatEditsItsLinesIsMadeQuiet() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/bash -i");
                Connection connection = connection(line.device())) {
            ConsoleChecks.commandsArriveAsTheyWereGiven(connection);
        }
    }

    @Test
    void theShellIsLeftAsItWasAndItsFilesAreGone() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh")) {
            String files;
            try (Connection connection = connection(line.device())) {
                files = ConsoleChecks.run(connection, 0, "sh", "-c", "dirname \"$(readlink /proc/$$/fd/1)\"")
                        .texts(Line.Origin.OUT)
                        .getFirst();
                assertThat(files).startsWith("/tmp/pitot-");
                assertThat(Path.of(files)).isDirectory();
            }
            assertThat(Files.exists(Path.of(files))).isFalse();
            try (Connection again = connection(line.device())) {
                assertThat(ConsoleChecks.run(again, 0, "echo", "again").texts(Line.Origin.OUT))
                        .containsExactly("again");
            }
        }
    }

    @Test
    void aCableThatIsPulledEndsTheCommands() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                Connection connection = connection(line.device());
                ConsoleChecks.Server server = ConsoleChecks.server(connection, true)) {
            line.process().close();

            assertThat(server.running().await(ConsoleChecks.PATIENCE))
                    .isEqualTo(new CommandEnd.ConnectionLost(connection.name() + " has closed the line"));
        }
    }

    @Test
    void aDeviceThatIsNoneIsASentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path device : List.of(file, folder.resolve("missing"))) {
            try (Connection connection = connection(device)) {
                assertThatThrownBy(() -> connection.start(List.of("true"), new Heard()))
                        .hasMessage(connection.name() + " cannot be opened: the device " + device
                                + " cannot be set up: check that it is there, a serial line, yours to use,"
                                + " and that it knows the speed");
            }
        }
    }
}
