package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ListeningPortsTest {
    private static final String LISTENING =
            "   0: 0100007F:1451 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1";
    private static final String CONNECTED =
            "   1: 0100007F:1451 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 1 1";

    @Test
    void findsAListenerInTheKernelsTable() {
        assertThat(ListeningPorts.isListener(LISTENING, 5201)).isTrue();
        assertThat(ListeningPorts.isListener(LISTENING, 5202)).isFalse();
    }

    @Test
    void aConnectionOnTheSamePortIsNoListener() {
        assertThat(ListeningPorts.isListener(CONNECTED, 5201)).isFalse();
    }

    @Test
    void theTablesHeadIsNoListener() {
        assertThat(ListeningPorts.isListener("  sl  local_address rem_address   st tx_queue rx_queue", 5201))
                .isFalse();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /proc")
    void seesARealListenerComeAndGo() throws Exception {
        long self = ProcessHandle.current().pid();
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(ListeningPorts.canBeKnown()).isTrue();
            assertThat(ListeningPorts.isListenedOn(port, self)).isTrue();
        }

        assertThat(ListeningPorts.isListenedOn(port, self)).isFalse();
    }

    @Test
    void aProcessThatHasEndedSeesNobody() throws Exception {
        long nobody = Long.MAX_VALUE;

        assertThat(ListeningPorts.isListenedOn(5201, nobody)).isFalse();
    }

    @Test
    void aFreePortCanBeBound() throws Exception {
        int port = FreePort.find();

        try (var socket = new ServerSocket(port);
                var datagrams = new DatagramSocket(port)) {
            assertThat(socket.getLocalPort()).isEqualTo(port).isBetween(10_000, 29_999);
            assertThat(datagrams.getLocalPort()).isEqualTo(port);
        }
    }

    /// A process of tests that runs beside this one must not find a port that this one has given to a program
    /// that has not bound it yet.
    @Test
    void twoProcessesFindPortsOfTheirOwn(@TempDir Path folder) throws Exception {
        int own = FreePort.find();
        Path program = Files.writeString(
                folder.resolve("Other.java"),
                "void main() throws Exception { IO.println(dev.pitot.testkit.FreePort.find()); }");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("jdk.module.path", "")
                                + File.pathSeparator
                                + System.getProperty("java.class.path"),
                        program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        try (var output = other.inputReader()) {
            int others = Integer.parseInt(output.readLine());
            assertThat(others / FreePort.SLICE).isNotEqualTo(own / FreePort.SLICE);
        }
    }
}
