package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.Protocol;
import org.junit.jupiter.api.Test;

class SocketTableTest {
    // Linux 6.1: /proc/net/tcp; 0x1451 is 5201, 0x1452 is 5202 and connected
    private static final String PROC_TCP = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:1451 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 535 1 0000000000000000 100 0 0 10 0
               1: 0100007F:1452 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 536 1 0000000000000000 20 4 30 10 -1
            """;
    // Linux 6.1: /proc/net/udp
    private static final String PROC_UDP = """
               sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
              123: 00000000:1451 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 537 2 0000000000000000 0
            """;

    @Test
    void theKernelsTableTellsWhoListens() {
        assertThat(tcp(5201).inProc(PROC_TCP)).isTrue();
        assertThat(tcp(5202).inProc(PROC_TCP)).isFalse();
        assertThat(tcp(20_561).inProc(PROC_TCP)).isFalse(); // 0x5051
        assertThat(udp(5201).inProc(PROC_UDP)).isTrue();
        assertThat(udp(5202).inProc(PROC_UDP)).isFalse();
        assertThat(tcp(5201).inProc("cat: /proc/net/tcp: Permission denied")).isNull();
    }

    @Test
    void netstatOfEverySystemIsUnderstood() {
        // net-tools 2.10
        String linux = """
                Active Internet connections (servers and established)
                Proto Recv-Q Send-Q Local Address           Foreign Address         State
                tcp        0      0 127.0.0.1:5202          127.0.0.1:40000         ESTABLISHED
                tcp6       0      0 :::5201                 :::*                    LISTEN
                udp        0      0 0.0.0.0:5203            0.0.0.0:*
                """;
        // macOS 14
        String mac = """
                Active Internet connections (including servers)
                Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
                tcp46      0      0  *.5201                 *.*                    LISTEN
                tcp4       0      0  10.0.0.1.5202          10.0.0.2.443           ESTABLISHED
                udp4       0      0  *.5203                 *.*
                """;
        // Windows 10, in German
        String windows = """
                Aktive Verbindungen

                  Proto  Lokale Adresse         Remoteadresse          Status
                  TCP    0.0.0.0:5201           0.0.0.0:0              ABHÖREN
                  TCP    10.0.0.1:5202          10.0.0.2:443           HERGESTELLT
                  UDP    [::]:5203              *:*
                """.replace("\n", "\r\n");

        for (String output : new String[] {linux, mac, windows}) {
            assertThat(tcp(5201).inNetstat(output)).as(output).isTrue();
            assertThat(tcp(5202).inNetstat(output)).as(output).isFalse();
            assertThat(tcp(5203).inNetstat(output)).as(output).isFalse();
            assertThat(udp(5203).inNetstat(output)).as(output).isTrue();
            assertThat(udp(5201).inNetstat(output)).as(output).isFalse();
            assertThat(tcp(201).inNetstat(output)).as(output).isFalse();
        }
        assertThat(tcp(5201).inNetstat("netstat: not found")).isNull();
    }

    @Test
    void aWrongPortIsRefused() {
        assertThatThrownBy(() -> tcp(0)).hasMessage("port not in 1..65535: 0");
        assertThatThrownBy(() -> SocketTable.of(Protocol.SCTP, 5201)).hasMessageContaining("SCTP");
    }

    private static SocketTable tcp(int port) {
        return SocketTable.of(Protocol.TCP, port);
    }

    private static SocketTable udp(int port) {
        return SocketTable.of(Protocol.UDP, port);
    }
}
