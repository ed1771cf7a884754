package dev.pitot.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTargetTest {
    @ParameterizedTest
    @CsvSource({
        "lab-1.example.org, lab-1.example.org, 5201",
        "192.0.2.7:5300, 192.0.2.7, 5300",
        "[2001:db8::1]:5300, 2001:db8::1, 5300",
        "[2001:db8::1], 2001:db8::1, 5201",
        "2001:db8::1, 2001:db8::1, 5201",
        "[fe80::1%eth0]:1, fe80::1%eth0, 1",
    })
    void readsHostsAndPorts(String text, String host, int port) {
        ProbeTarget target = ProbeTarget.parse(text);

        assertThat(target).isEqualTo(new ProbeTarget(host, port));
        assertThat(ProbeTarget.parse(target.toString())).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ":5201", "-c", "--help", "a b", "host:0", "host:65536", "host:99999", "host:123456", "host:",
                        "host:x",
                "[::1", "::1]", "[host]", "[]", "host/path", "user@host", "http://host", "host\n", "a%20b", "h\u00f6st",
                        "$(id)"
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProbeTarget.parse(text));
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThat(ProbeTarget.parse("a".repeat(253)).port()).isEqualTo(5201);
        assertThatIllegalArgumentException().isThrownBy(() -> ProbeTarget.parse("a".repeat(254)));
    }
}
