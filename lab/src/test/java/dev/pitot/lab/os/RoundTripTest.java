package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Test
    void theFirstReplyIsTold() {
        // iputils 20221126: ping -n -c 2 -W 1 10.0.0.2
        String output = """
                PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
                64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.045 ms
                64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.055 ms

                --- 10.0.0.2 ping statistics ---
                2 packets transmitted, 2 received, 0% packet loss, time 1014ms
                rtt min/avg/max/mdev = 0.045/0.050/0.055/0.005 ms
                """;

        assertThat(TextSearch.roundTripMillis(output)).isEqualTo(0.045);
    }

    @Test
    void otherPingsAreUnderstood() {
        // busybox 1.35
        assertThat(TextSearch.roundTripMillis("64 bytes from 10.0.0.2: seq=0 ttl=64 time=0.123 ms\n"))
                .isEqualTo(0.123);
        // macOS 14: ping6
        assertThat(TextSearch.roundTripMillis(
                        "16 bytes from ::1, icmp_seq=0 hlim=64 time=0.5 ms\nround-trip min/avg/max = 0.1/0.2/0.3 ms\n"))
                .isEqualTo(0.5);
        // Windows 10, in German and in English
        assertThat(
                        TextSearch.roundTripMillis(
                                "Antwort von 10.0.0.2: Bytes=32 Zeit=3ms TTL=64\n    Minimum = 9ms, Maximum = 9ms, Mittelwert = 9ms\n"))
                .isEqualTo(3.0);
        assertThat(TextSearch.roundTripMillis("Reply from 10.0.0.2: bytes=32 time<1ms TTL=128\n"))
                .isEqualTo(1.0);
    }

    @Test
    void noReplyIsNoTime() {
        // iputils 20221126
        assertThat(TextSearch.roundTripMillis("""
                        PING 10.0.0.3 (10.0.0.3) 56(84) bytes of data.
                        From 10.0.0.1 icmp_seq=1 Destination Host Unreachable

                        --- 10.0.0.3 ping statistics ---
                        1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
                        """)).isNull();
        // Windows 10
        assertThat(TextSearch.roundTripMillis(
                        "Request timed out.\n    Packets: Sent = 1, Received = 0, Lost = 1 (100% loss),\n"))
                .isNull();
        assertThat(TextSearch.roundTripMillis("time=99999999999999999999 ms")).isNull();
    }
}
