package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.TelnetdProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

    private NodeConnection connection(@Nullable String variable) throws ConnectionException {
        return connection(telnetd.port(), TelnetdProcess.LOGIN, variable);
    }

    /// @param variable that holds the password; null for none
    private static NodeConnection connection(int port, @Nullable String login, @Nullable String variable)
            throws ConnectionException {
        Map<String, String> secrets = Map.of("RIGHT", TelnetdProcess.PASSWORD, "WRONG", "wrong horse");
        var password = variable == null ? null : new Secret.InVariable(variable);
        return new ConnectionFactory(new SecretReader(secrets::get), Path.of("nowhere"), InstantSource.system())
                .open(
                        new ShellContext("tate", OperatingSystem.LINUX, Map.of()),
                        new ConnectionSettings.Telnet("127.0.0.1", port, login, password));
    }

    private NodeConnection connection() throws ConnectionException {
        return connection("RIGHT");
    }

    @Test
    void commandsRunBehindALogin() throws Exception {
        try (NodeConnection connection = connection()) {
            ConsoleContract.commandsArriveAsTheyWereGiven(connection);
            // files of other connections may vanish meanwhile, which is a failure to cat
            assertThat(ConsoleContract.run(connection, 0, "sh", "-c", "cat /tmp/pitot-*/*.cmd; true")
                            .texts(OutputLine.Origin.OUT)
                            .toString())
                    .doesNotContain(TelnetdProcess.PASSWORD);
        }
    }

    @Test
    void muchArrivesAndAServerDoesNotBlock() throws Exception {
        try (NodeConnection connection = connection()) {
            ConsoleContract.muchArrivesWhole(connection);
            ConsoleContract.aServerDoesNotBlockTheConsole(connection);
        }
    }

    @Test
    void aWrongPasswordIsOneSentenceWithoutIt() throws Exception {
        try (NodeConnection connection = connection("WRONG")) {
            assertThatThrownBy(() -> connection.start(List.of("true"), new ConsoleLineRecorder()))
                    .isInstanceOf(ConnectionException.class)
                    // the second where the first is lost because telnetd closes the connection
                    .message()
                    .isIn(
                            "tate (telnet 127.0.0.1) refuses the login: check name and password",
                            "tate (telnet 127.0.0.1) closed the line after the password: wrong name or password?");
        }
    }

    @Test
    void aPasswordThatIsNotThereIsSaid() throws Exception {
        try (NodeConnection without = connection(null);
                NodeConnection unreadable = connection("LAB_PASSWORD")) {
            assertThatThrownBy(() -> without.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessage("tate (telnet 127.0.0.1) asks for a password, but none is given:"
                            + " name its source at the node");
            assertThatThrownBy(() -> unreadable.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessage("tate (telnet 127.0.0.1) needs a password: tate: the variable LAB_PASSWORD of the"
                            + " environment, which should hold a secret, is not set; set it");
        }
    }

    @Test
    void aLineThatBreaksEndsItsCommandsAndIsOpenedAnew() throws Exception {
        try (NodeConnection connection = connection()) {
            try (ConsoleContract.Server server = ConsoleContract.server(connection, true)) {
                // telnetd is a child of socat's, and the shell is a child of telnetd
                ProcessHandle.of(telnetd.process().pid())
                        .orElseThrow()
                        .children()
                        .forEach(child -> {
                            child.descendants().forEach(ProcessHandle::destroyForcibly);
                            child.destroyForcibly();
                        });

                CommandEnd end = server.running().await(ConsoleContract.PATIENCE);

                assertThat(end).isEqualTo(new CommandEnd.ConnectionLost("tate (telnet 127.0.0.1) has closed the line"));

                assertThat(server.folder()).isDirectory();
                assertThat(ConsoleContract.run(connection, 0, "echo", "again").texts(OutputLine.Origin.OUT))
                        .containsExactly("again");
                assertThat(server.folder()).doesNotExist();
            }
        }
    }

    @Test
    void closingLetsCommandsGoWithinASecond() throws Exception {
        NodeConnection connection = connection();
        RunningCommand running = connection.start(List.of("sleep", "5"), new ConsoleLineRecorder());
        long begin = System.nanoTime();

        connection.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        assertThat(running.await(Duration.ZERO)).isEqualTo(new CommandEnd.Abandoned());
        assertThatThrownBy(() -> connection.start(List.of("true"), new ConsoleLineRecorder()))
                .hasMessage("tate (telnet 127.0.0.1): the connection was closed; open a new one");
    }

    @Test
    void nobodyListensIsASentence() throws Exception {
        int port = FreePort.find();
        try (NodeConnection connection = connection(port, null, null)) {
            assertThatThrownBy(() -> connection.start(List.of("true"), new ConsoleLineRecorder()))
                    .hasMessageStartingWith("tate (telnet 127.0.0.1) cannot be opened: ");
        }
    }
}
