package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellArgumentsTest {
    @Test
    void aRealShellGivesEveryWordBackAsItWas() throws IOException {
        List<String> words = List.of(
                "iperf3",
                "",
                "a b",
                "it's",
                "$HOME `id` $(id)",
                "\"",
                "\\",
                "*",
                "-n",
                "~",
                "line\nline",
                "ä€",
                "!x",
                "#");
        Process shell = new ProcessBuilder(
                        "sh", "-c", "for w in " + ShellArguments.posix(words) + "; do printf '%s|' \"$w\"; done")
                .redirectErrorStream(true)
                .start();

        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed).isEqualTo(String.join("|", words) + "|");
    }

    @Test
    void wordsForWindowsLeaveNothingToCmdThatItKnows() {
        assertThat(ShellArguments.windows(
                        List.of("iperf3.exe", "-c", "a b", "100%PATH%", "x&del", "say \"hi\"", "C:\\a b\\")))
                .isEqualTo(
                        "iperf3.exe -c ^\"a b^\" ^\"100^%PATH^%^\" ^\"x^&del^\" ^\"say \\^\"hi\\^\"^\" ^\"C:\\a b\\\\^\"");
        assertThat(ShellArguments.windows(List.of("C:\\iperf\\iperf3.exe", "")))
                .isEqualTo("C:\\iperf\\iperf3.exe ^\"^\"");
    }

    @Test
    void whatCannotBeWrittenInALineIsRefused() {
        assertThatThrownBy(() -> ShellArguments.posix(List.of("a\0b"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ShellArguments.windows(List.of("a\nb"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-f", "a b", "eth0;id", "$(id)", "eth0\n"})
    void aStrangeNameOfAnInterfaceIsRefused(String name) {
        assertThatThrownBy(() -> ShellArguments.checkedInterface(name))
                .hasMessage("not the name of a network interface: " + name);
    }

    @Test
    void usualNamesOfInterfacesAndHostsAreTaken() {
        assertThat(ShellArguments.checkedInterface("enp0s31f6.10")).isEqualTo("enp0s31f6.10");
        assertThat(ShellArguments.host("fe80::1%wlan0")).isEqualTo("fe80::1%wlan0");
        assertThatThrownBy(() -> ShellArguments.host("-f"))
                .hasMessage("neither the name nor the address of a host: -f");
    }

    @Test
    void everythingAtOnceIsNeverEnded() {
        assertThat(ShellArguments.pids(List.of(2L, 4_194_304L))).containsExactly("2", "4194304");
        for (List<Long> pids : List.of(List.<Long>of(), List.of(1L), List.of(0L), List.of(7L, -1L))) {
            assertThatThrownBy(() -> ShellArguments.pids(pids)).hasMessage("not processes that may be ended: " + pids);
        }
    }
}
