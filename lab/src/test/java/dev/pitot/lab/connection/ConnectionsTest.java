package dev.pitot.lab.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.system.OperatingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionsTest {
    private static final Path NOWHERE = Path.of("nowhere");
    private static final Door.Ssh SSH = new Door.Ssh("phoridfly", "root", 2222, null, List.of());

    private final NodeShell shell = new NodeShell("tate", OperatingSystem.LINUX, Map.of());
    private final Connections connections =
            new Connections(new SecretReader(_ -> null), new NoConsoles(), NOWHERE, InstantSource.system());

    @ParameterizedTest
    @MethodSource("doors")
    void opensEachKindOfDoor(Door door, String name) throws Exception {
        try (Connection connection = connections.open(shell, door)) {
            assertThat(connection.name()).isEqualTo(name);
        }
    }

    static List<Object[]> doors() {
        var adb = new Door.Adb("x1", "adb");
        return List.of(
                new Object[] {new Door.Local(), "tate (this machine)"},
                new Object[] {SSH, "tate (ssh root@phoridfly:2222)"},
                new Object[] {new Door.Ssh("phoridfly", null, 0, null, List.of()), "tate (ssh phoridfly)"},
                new Object[] {
                    new Door.BuiltInSsh("phoridfly", "root", 22, NOWHERE, new Secret.InVariable("X"), NOWHERE),
                    "tate (built-in ssh root@phoridfly:22)"
                },
                new Object[] {adb, "tate (adb x1)"},
                new Object[] {new Door.AdbOver(SSH, adb), "tate (adb x1 at tate (ssh root@phoridfly:2222))"},
                new Object[] {new Door.Telnet("box", 23, null, null), "telnet"},
                new Object[] {new Door.Serial("/dev/ttyUSB0", 115200, null, null), "serial"},
                new Object[] {new Door.Manual(0), "tate (by hand)"});
    }

    @Test
    void runsNothingOnADeviceThatMustNotBeTouched() throws Exception {
        try (Connection untouched = connections.open(shell, new Door.Manual(0))) {
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> Finished.run(untouched, List.of("iperf3", "-s"), Duration.ofSeconds(1)))
                    .withMessage("tate (by hand): nothing is run on this device; a person must start iperf3 on it");
        }
    }

    @Test
    void variablesOfAPlanAreSetOnEveryNodeThatHasAShell() throws Exception {
        var variables = new NodeShell("box", OperatingSystem.LINUX, Map.of("PATH", "/opt/my bin", "LANG", "C"));
        var heard = new HeardLines();

        try (Connection here = connections.open(variables, new Door.Local());
                Connection telnet = connections.open(variables, new Door.Telnet("box", 23, null, null))) {
            try (RunningCommand echo = here.start(List.of("sh", "-c", "echo $LANG $PATH"), heard)) {
                assertThat(heard.next().text()).startsWith("C /opt/my bin:");
                assertThat(echo.await(HeardLines.PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
            }
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> telnet.start(List.of("iperf", "-s"), heard))
                    .withMessage(
                            "[sh, -c, export LANG=C; export PATH='/opt/my bin'\"${PATH:+:$PATH}\"; exec \"$@\", sh,"
                                    + " iperf, -s]");
        }
    }

    /// Stands in for the package of consoles.
    private static final class NoConsoles implements ConsoleOpener {
        @Override
        public Connection telnet(NodeShell shell, Door.Telnet door, SecretReader secrets) {
            return new Named("telnet");
        }

        @Override
        public Connection serial(NodeShell shell, Door.Serial door, SecretReader secrets) {
            return new Named("serial");
        }
    }

    private record Named(String name) implements Connection {
        @Override
        public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
            throw new ConnectionException(command.toString());
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
