package dev.pitot.lab.connection.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SerialLineProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.SOCAT)
@Tag("slow")
class SerialConnectionTest {
    @TempDir
    private Path folder;

    private static SerialConnection connection(Path device) {
        return new SerialConnection("tate (serial)", device.toString(), 115_200, null, null, OperatingSystem.LINUX);
    }

    @Test
    void commandsRunOnAShellThatWaitsThere() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                SerialConnection connection = connection(line.device())) {
            ConsoleChecks.commandsArriveAsTheyWereGiven(connection);
        }
    }

    @Test
    void muchArrivesAndAServerDoesNotBlock() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                SerialConnection connection = connection(line.device())) {
            ConsoleChecks.muchArrivesWhole(connection);
            ConsoleChecks.aServerDoesNotBlockTheConsole(connection);
        }
    }

    @Test
    void aShellThatEditsItsLinesIsMadeQuiet() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/bash -i");
                SerialConnection connection = connection(line.device())) {
            ConsoleChecks.commandsArriveAsTheyWereGiven(connection);
        }
    }

    @Test
    void theShellIsLeftAsItWasAndItsFilesAreGone() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh")) {
            String files;
            try (SerialConnection connection = connection(line.device())) {
                files = ConsoleChecks.run(connection, 0, "sh", "-c", "dirname \"$(readlink /proc/$$/fd/1)\"")
                        .texts(Line.Origin.OUT)
                        .getFirst();
                assertThat(files).startsWith("/tmp/pitot-");
                assertThat(Path.of(files)).isDirectory();
            }
            assertThat(Files.exists(Path.of(files))).isFalse();
            try (SerialConnection again = connection(line.device())) {
                assertThat(ConsoleChecks.run(again, 0, "echo", "again").texts(Line.Origin.OUT))
                        .containsExactly("again");
            }
        }
    }

    @Test
    void aCableThatIsPulledEndsTheCommands() throws Exception {
        try (SerialLineProcess line = SerialLineProcess.start(folder, "/bin/sh");
                SerialConnection connection = connection(line.device());
                ConsoleChecks.Server server = ConsoleChecks.server(connection, true)) {
            line.process().close();

            assertThat(server.running().await(ConsoleChecks.PATIENCE))
                    .isEqualTo(new CommandEnd.ConnectionLost("tate (serial) has closed the line"));
        }
    }

    @Test
    void aDeviceThatIsNoneIsASentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path device : List.of(file, folder.resolve("missing"))) {
            try (SerialConnection connection = connection(device)) {
                assertThatThrownBy(() -> connection.start(List.of("true"), new Heard()))
                        .hasMessage("tate (serial) cannot be opened: the device " + device
                                + " cannot be set up: check that it is there, a serial line, yours to use,"
                                + " and that it knows the speed");
            }
        }
    }
}
