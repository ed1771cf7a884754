package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.lab.os.OperatingSystem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellQuotingTest {
    @Test
    void leavesPlainWordsAlone() {
        assertThat(ShellQuoting.posix("iperf3", "-c", "10.0.0.1", "--json-stream", "-b", "10M"))
                .isEqualTo("iperf3 -c 10.0.0.1 --json-stream -b 10M");
    }

    @Test
    void quotesForAPosixShell() {
        assertThat(ShellQuoting.posix("a b", "", "it's", "$HOME", "*", "~", "a\nb"))
                .isEqualTo("'a b' '' 'it'\\''s' '$HOME' '*' '~' 'a\nb'");
    }

    @Test
    void aRealShellGivesBackWhatWasQuoted() throws Exception {
        List<String> words = List.of("a b", "", "'\"'", "$HOME `id` \\ !", "a\nb", "-n", "#x", "ü", "\\'");

        assertThat(printed(Map.of(), words)).isEqualTo(String.join("|", words) + "|");
    }

    @Test
    void putsPathsBeforeThoseThatAreThere() throws Exception {
        var shell = new ShellContext(
                "tate", OperatingSystem.LINUX, Map.of("PATH", "/opt/a b", "LD_LIBRARY_PATH", "/x", "COLOUR", "it's"));

        assertThat(ShellQuoting.line(shell, List.of("iperf3")))
                .isEqualTo(
                        "export COLOUR='it'\\''s'; export LD_LIBRARY_PATH=/x\"${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\"; "
                                + "export PATH='/opt/a b'\"${PATH:+:$PATH}\"; iperf3");
    }

    @Test
    void quotesForCmdOfWindows() throws Exception {
        var shell = new ShellContext("w", OperatingSystem.WINDOWS, Map.of("PATH", "C:\\tools", "COLOUR", "a b"));

        assertThat(ShellQuoting.line(
                        shell, List.of("C:\\Program Files\\iperf3.exe", "-c", "h", "a\"b\\", "%PATH%", "x&y", "a,b")))
                .isEqualTo(
                        "set \"COLOUR=a b\"&& set \"PATH=C:\\tools;%PATH%\"&& "
                                + "^\"C:\\Program Files\\iperf3.exe^\" -c h ^\"a\\^\"b\\\\^\" ^\"^%PATH^%^\" ^\"x^&y^\" ^\"a,b^\"");
    }

    @Test
    void refusesWhatAShellCannotBeGiven() {
        var windows = new ShellContext("w", OperatingSystem.WINDOWS, Map.of());
        var linux = new ShellContext("tate", OperatingSystem.LINUX, Map.of());

        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> ShellQuoting.line(windows, List.of("x", "a\nb")))
                .withMessageStartingWith("w: a command for Windows cannot hold the end of a line");
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> ShellQuoting.line(linux, List.of("x", "a\0b")))
                .withMessage("tate: a command cannot hold the character 0");
    }

    private static String printed(Map<String, String> environment, List<String> words) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("printf", "%s|"));
        command.addAll(words);
        String line = ShellQuoting.line(new ShellContext("here", OperatingSystem.LINUX, environment), command);
        try (var here = new LocalConnection("here", Map.of(), InstantSource.system())) {
            Finished finished = Finished.run(here, List.of("sh", "-c", line), Duration.ofSeconds(5));
            return String.join("\n", finished.out());
        }
    }
}
