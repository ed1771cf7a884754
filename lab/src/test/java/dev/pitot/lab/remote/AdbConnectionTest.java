package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.SshdProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a stand-in with adb's interface, which runs commands with this machine's shell and, as
/// old adb does, exits with 0 whatever the command does. It is no proof for real devices.
class AdbConnectionTest {
    private static final String STAND_IN = """
            #!/bin/sh
            device=only
            if [ "$1" = -s ]; then device=$2; shift 2; fi
            case $device in
            missing) echo "error: device 'missing' not found" >&2; exit 1;;
            shy) echo "error: device unauthorized." >&2; exit 1;;
            offline) echo "error: device offline" >&2; exit 1;;
            several) echo "error: more than one device/emulator" >&2; exit 1;;
            strange) echo "error: protocol fault" >&2; exit 1;;
            esac
            case $1 in
            get-state) [ ! -e "$0.gone" ] || { echo "error: no devices/emulators found" >&2; exit 1; }; echo device;;
            shell) [ "$2" = -T ] && [ $# = 3 ] || exit 99
                [ $device != unplugged ] || { echo up; : >"$0.gone"; exit 1; }
                sh -c "$3"; exit 0;;
            esac
            """;
    private static final Duration PATIENCE = LineRecorder.PATIENCE;

    private final LineRecorder heard = new LineRecorder();

    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void writeStandIn() throws Exception {
        program = Files.writeString(folder.resolve("adb stand-in"), STAND_IN);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void passesArgumentsOutputsAndExitCode() throws Exception {
        try (NodeConnection device = device("tate-1", Map.of("COLOUR", "a 'b'"))) {
            Finished finished = Finished.run(
                    device,
                    List.of("sh", "-c", "echo \"$1 $COLOUR\"; echo err >&2; exit 7", "x", "it's $HOME"),
                    PATIENCE);

            assertThat(finished).isEqualTo(new Finished(7, List.of("it's $HOME a 'b'"), List.of("err")));
            assertThat(device.name()).isEqualTo("tate (adb tate-1)");
        }
    }

    @Test
    void findsTheCodeBehindOutputWithoutAnEnd() throws Exception {
        try (NodeConnection device = device(null, Map.of())) {
            assertThat(Finished.run(device, List.of("printf", "a\\nlast"), PATIENCE))
                    .isEqualTo(new Finished(0, List.of("a", "last"), List.of()));
            assertThat(Finished.run(device, List.of("echo", "PITOT-EXIT:1"), PATIENCE)
                            .out())
                    .containsExactly("PITOT-EXIT:1");
            assertThat(device.name()).isEqualTo("tate (adb)");
        }
    }

    @Test
    void saysWhatToDoAboutADeviceThatIsNotThere() throws Exception {
        assertRefused("missing", "adb does not see the device; check the serial number with `adb devices`");
        assertRefused("shy", "the device has not authorised this computer; confirm it on its screen");
        assertRefused("offline", "the device is offline for adb; plug it in again");
        assertRefused("several", "adb sees several devices; give the serial number in the plan");
        assertRefused("strange", "adb does not have the device (error: protocol fault); see `adb devices`");
    }

    @Test
    void tellsWhenTheDeviceIsLost() throws Exception {
        try (NodeConnection device = device("unplugged", Map.of())) {
            RunningCommand command = device.start(List.of("sleep", "9"), heard);

            assertThat(command.await(PATIENCE))
                    .isEqualTo(new CommandEnd.ConnectionLost("tate (adb unplugged): adb ended with 1 before the command"
                            + " did; see whether the device is plugged in"));
            assertThat(heard.texts()).containsExactly("up");
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> device.start(List.of("true"), heard))
                    .withMessage("tate (adb unplugged): adb sees no device; plug it in and permit USB debugging");
        }
    }

    @Test
    void saysThatThereIsNoAdb() throws Exception {
        var settings = new ConnectionSettings.Adb(null, "no-such-adb");
        try (NodeConnection device = new AdbConnection(shell(Map.of()), settings, null, InstantSource.system())) {
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> device.start(List.of("true"), heard))
                    .withMessage("tate (adb): cannot start no-such-adb; install it, or give its path in the plan");
        }
    }

    @Test
    void refusesASerialNumberThatIsAnOption() {
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> device("-a", Map.of()))
                .withMessageStartingWith("tate: \"-a\" is not the name of a device");
    }

    @Test
    @Needs(Tool.SSHD)
    void runsTheSameOverSsh() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"))) {
            var ssh = new ConnectionSettings.Ssh(
                    sshd.host(), sshd.login(), sshd.port(), sshd.clientKey(), sshd.options());
            var machine = new OpenSshConnection(
                    shell(Map.of()), ssh, List.of("ssh", "-F", "/dev/null"), InstantSource.system());
            var settings = new ConnectionSettings.Adb("tate-1", program.toString());
            try (NodeConnection device =
                    new AdbConnection(shell(Map.of()), settings, machine, InstantSource.system())) {
                Finished finished = Finished.run(
                        device,
                        List.of("sh", "-c", "echo \"$1\"; echo err >&2; exit 7", "x", "it's \"$HOME\" \\"),
                        PATIENCE);

                assertThat(finished).isEqualTo(new Finished(7, List.of("it's \"$HOME\" \\"), List.of("err")));
                assertThat(device.name()).startsWith("tate (adb tate-1 at tate (ssh ");
                NodeConnection missing = new AdbConnection(
                        shell(Map.of()),
                        new ConnectionSettings.Adb(null, "no-such-adb"),
                        machine,
                        InstantSource.system());
                assertThatExceptionOfType(ConnectionException.class)
                        .isThrownBy(() -> missing.start(List.of("true"), heard))
                        .withMessageContaining("there is no adb; install Android's platform tools, or give its path");
            }
        }
    }

    private void assertRefused(String serialNumber, String advice) throws Exception {
        try (NodeConnection device = device(serialNumber, Map.of())) {
            assertThatExceptionOfType(ConnectionException.class)
                    .isThrownBy(() -> device.start(List.of("true"), heard))
                    .withMessage("tate (adb " + serialNumber + "): " + advice);
        }
    }

    private NodeConnection device(@Nullable String serialNumber, Map<String, String> environment)
            throws ConnectionException {
        return new AdbConnection(
                shell(environment),
                new ConnectionSettings.Adb(serialNumber, program.toString()),
                null,
                InstantSource.system());
    }

    private static ShellContext shell(Map<String, String> environment) {
        return new ShellContext("tate", OperatingSystem.ANDROID, environment);
    }
}
