package dev.pitot.lab.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
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
                        "sh", "-c", "for w in " + Words.posix(words) + "; do printf '%s|' \"$w\"; done")
                .redirectErrorStream(true)
                .start();

        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed).isEqualTo(String.join("|", words) + "|");
    }

    @Test
    void wordsForWindowsLeaveNothingToCmdThatItKnows() {
        assertThat(Words.windows(List.of("iperf3.exe", "-c", "a b", "100%PATH%", "x&del", "say \"hi\"", "C:\\a b\\")))
                .isEqualTo(
                        "iperf3.exe -c ^\"a b^\" ^\"100^%PATH^%^\" ^\"x^&del^\" ^\"say \\^\"hi\\^\"^\" ^\"C:\\a b\\\\^\"");
        assertThat(Words.windows(List.of("C:\\iperf\\iperf3.exe", ""))).isEqualTo("C:\\iperf\\iperf3.exe ^\"^\"");
    }

    @Test
    void whatCannotBeWrittenInALineIsRefused() {
        assertThatThrownBy(() -> Words.posix(List.of("a\0b"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Words.windows(List.of("a\nb"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-f", "a b", "eth0;id", "$(id)", "eth0\n"})
    void aStrangeNameOfAnInterfaceIsRefused(String name) {
        assertThatThrownBy(() -> Words.networkInterface(name))
                .hasMessage("not the name of a network interface: " + name);
    }

    @Test
    void usualNamesOfInterfacesAndHostsAreTaken() {
        assertThat(Words.networkInterface("enp0s31f6.10")).isEqualTo("enp0s31f6.10");
        assertThat(Words.host("fe80::1%wlan0")).isEqualTo("fe80::1%wlan0");
        assertThatThrownBy(() -> Words.host("-f")).hasMessage("neither the name nor the address of a host: -f");
    }

    @Test
    void everythingAtOnceIsNeverEnded() {
        assertThat(Words.pids(List.of(2L, 4_194_304L))).containsExactly("2", "4194304");
        for (List<Long> pids : List.of(List.<Long>of(), List.of(1L), List.of(0L), List.of(7L, -1L))) {
            assertThatThrownBy(() -> Words.pids(pids)).hasMessage("not processes that may be ended: " + pids);
        }
    }

    @Test
    void patienceIsRoundedUp() {
        assertThat(Words.seconds(Duration.ofMillis(1_001))).isEqualTo("2");
        assertThat(Words.seconds(Duration.ZERO)).isEqualTo("1");
        assertThat(Words.millis(Duration.ofNanos(1))).isEqualTo("1");
        assertThatThrownBy(() -> Words.millis(Duration.ofDays(1))).hasMessage("patience not in 0 s..1 h: PT24H");
    }
}
