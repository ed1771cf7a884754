package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionFactoryTest {
    private static final Path NOWHERE = Path.of("nowhere");
    private static final ConnectionSettings.Ssh SSH =
            new ConnectionSettings.Ssh("phoridfly", "root", 2222, null, List.of());

    private final ShellContext shell = new ShellContext("tate", OperatingSystem.LINUX, Map.of());
    private final ConnectionFactory connections =
            new ConnectionFactory(new SecretReader(_ -> null), NOWHERE, InstantSource.system());

    @ParameterizedTest
    @MethodSource("doors")
    void opensEachKindOfDoor(ConnectionSettings settings, String name) throws Exception {
        try (NodeConnection connection = connections.open(shell, settings)) {
            assertThat(connection.name()).isEqualTo(name);
        }
    }

    static List<Object[]> doors() {
        var adb = new ConnectionSettings.Adb("x1", "adb");
        return List.of(
                new Object[] {new ConnectionSettings.Local(), "tate (this machine)"},
                new Object[] {SSH, "tate (ssh root@phoridfly:2222)"},
                new Object[] {new ConnectionSettings.Ssh("phoridfly", null, 0, null, List.of()), "tate (ssh phoridfly)"
                },
                new Object[] {
                    new ConnectionSettings.MinaSsh(
                            "phoridfly", "root", 22, NOWHERE, new Secret.InVariable("X"), NOWHERE),
                    "tate (built-in ssh root@phoridfly:22)"
                },
                new Object[] {adb, "tate (adb x1)"},
                new Object[] {
                    new ConnectionSettings.AdbOverSsh(SSH, adb), "tate (adb x1 at tate (ssh root@phoridfly:2222))"
                },
                new Object[] {new ConnectionSettings.Telnet("box", 23, null, null), "tate (telnet box)"},
                new Object[] {
                    new ConnectionSettings.Serial("/dev/ttyUSB0", 115200, null, null), "tate (serial /dev/ttyUSB0)"
                },
                new Object[] {new ConnectionSettings.Manual(0), "tate (by hand)"});
    }

    @Test
    void runsNothingOnADeviceThatMustNotBeTouched() throws Exception {
        try (NodeConnection untouched = connections.open(shell, new ConnectionSettings.Manual(0))) {
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> Finished.run(untouched, List.of("iperf3", "-s"), Duration.ofSeconds(1)))
                    .withMessage("tate (by hand): nothing is run on this device; a person must start iperf3 on it");
        }
    }

    @Test
    void variablesOfAPlanAreSetOnEveryNodeThatHasAShell() throws Exception {
        var variables = new ShellContext("box", OperatingSystem.LINUX, Map.of("PATH", "/opt/my bin", "LANG", "C"));
        var heard = new LineRecorder();

        try (NodeConnection here = connections.open(variables, new ConnectionSettings.Local());
                RunningCommand echo = here.start(List.of("sh", "-c", "echo $LANG $PATH"), heard)) {
            assertThat(heard.next().text()).startsWith("C /opt/my bin:");
            assertThat(echo.await(LineRecorder.PATIENCE)).isEqualTo(new CommandEnd.Exited(0));
        }
    }
}
