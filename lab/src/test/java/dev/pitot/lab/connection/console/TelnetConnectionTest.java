package dev.pitot.lab.connection.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.RunningCommand;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.TelnetdProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.TELNETD)
@Tag("slow")
class TelnetConnectionTest {
    @TempDir
    private Path folder;

    private ServerProcess telnetd;

    @BeforeEach
    void start() throws Exception {
        telnetd = TelnetdProcess.start(folder);
    }

    @AfterEach
    void stop() {
        telnetd.close();
    }

    private TelnetConnection connection(String login, @Nullable Supplier<String> password) {
        return new TelnetConnection(
                "tate (telnet)", "127.0.0.1", telnetd.port(), login, password, OperatingSystem.LINUX);
    }

    private TelnetConnection connection() {
        return connection(TelnetdProcess.LOGIN, () -> TelnetdProcess.PASSWORD);
    }

    @Test
    void commandsRunBehindALogin() throws Exception {
        try (TelnetConnection connection = connection()) {
            ConsoleChecks.commandsArriveAsTheyWereGiven(connection);
            // files of other connections may vanish meanwhile, which is a failure to cat
            assertThat(ConsoleChecks.run(connection, 0, "sh", "-c", "cat /tmp/pitot-*/*.cmd; true")
                            .texts(Line.Origin.OUT)
                            .toString())
                    .doesNotContain(TelnetdProcess.PASSWORD);
        }
    }

    @Test
    void muchArrivesAndAServerDoesNotBlock() throws Exception {
        try (TelnetConnection connection = connection()) {
            ConsoleChecks.muchArrivesWhole(connection);
            ConsoleChecks.aServerDoesNotBlockTheConsole(connection);
        }
    }

    @Test
    void aWrongPasswordIsOneSentenceWithoutIt() {
        try (TelnetConnection connection = connection(TelnetdProcess.LOGIN, () -> "wrong horse")) {
            assertThatThrownBy(() -> connection.start(List.of("true"), new Heard()))
                    .isInstanceOf(ConnectionException.class)
                    // the second where the first is lost because telnetd closes the connection
                    .message()
                    .isIn(
                            "tate (telnet) refuses the login: check name and password",
                            "tate (telnet) closed the line after the password: wrong name or password?");
        }
    }

    @Test
    void aPasswordThatIsNotThereIsSaid() {
        try (TelnetConnection without = connection(TelnetdProcess.LOGIN, null);
                TelnetConnection unreadable = connection(TelnetdProcess.LOGIN, () -> {
                    throw new UncheckedIOException(new IOException("no variable LAB_PASSWORD"));
                })) {
            assertThatThrownBy(() -> without.start(List.of("true"), new Heard()))
                    .hasMessage("tate (telnet) asks for a password, but none is given: say at the node where it is");
            assertThatThrownBy(() -> unreadable.start(List.of("true"), new Heard()))
                    .hasMessage("tate (telnet) needs a password: no variable LAB_PASSWORD");
        }
    }

    @Test
    void aLineThatBreaksEndsItsCommandsAndIsOpenedAnew() throws Exception {
        try (TelnetConnection connection = connection()) {
            try (ConsoleChecks.Server server = ConsoleChecks.server(connection, true)) {
                // telnetd is a child of socat's, and the shell is a child of telnetd
                ProcessHandle.of(telnetd.process().pid())
                        .orElseThrow()
                        .children()
                        .forEach(child -> {
                            child.descendants().forEach(ProcessHandle::destroyForcibly);
                            child.destroyForcibly();
                        });

                CommandEnd end = server.running().await(ConsoleChecks.PATIENCE);

                assertThat(end).isEqualTo(new CommandEnd.ConnectionLost("tate (telnet) has closed the line"));

                assertThat(server.folder()).isDirectory();
                assertThat(ConsoleChecks.run(connection, 0, "echo", "again").texts(Line.Origin.OUT))
                        .containsExactly("again");
                assertThat(server.folder()).doesNotExist();
            }
        }
    }

    @Test
    void closingLetsCommandsGoWithinASecond() throws Exception {
        TelnetConnection connection = connection();
        RunningCommand running = connection.start(List.of("sleep", "5"), new Heard());
        long begin = System.nanoTime();

        connection.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        assertThat(running.await(Duration.ZERO)).isEqualTo(new CommandEnd.LetGo());
        assertThatThrownBy(() -> connection.start(List.of("true"), new Heard())).hasMessage("tate (telnet) was closed");
    }

    @Test
    void nobodyListensIsASentence() throws Exception {
        int port = FreePort.find();
        try (var connection =
                new TelnetConnection("tate (telnet)", "127.0.0.1", port, null, null, OperatingSystem.LINUX)) {
            assertThatThrownBy(() -> connection.start(List.of("true"), new Heard()))
                    .hasMessageStartingWith("tate (telnet) cannot be opened: ");
        }
    }
}
