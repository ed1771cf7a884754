package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.model.config.Protocol;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OsAdapterTest {
    private static final String SOCKET =
            "%4d: 0100007F:%04X 0100007F:%04X %s 00000000:00000000 00:00000000 00000000     0        0 1\n";

    @TempDir
    private Path folder;

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private final OsAdapter linux = OsAdapter.of(OperatingSystem.LINUX);

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisMachineListsAProcessAndEndsIt() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        try {
            List<ListedProcess> processes = asked(linux.processes().commands().getFirst());

            assertThat(processes).contains(new ListedProcess(sleeper.pid(), "sleep"));
            assertThat(processes)
                    .contains(new ListedProcess(ProcessHandle.current().pid(), "java"));

            run(linux.end(false, List.of(sleeper.pid())));
            assertThat(sleeper.waitFor(PATIENCE)).isTrue();
            assertThat(sleeper.exitValue()).isEqualTo(128 + 15);
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisMachineTellsItsAddressByEveryProgramThatItHas() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        int told = 0;
        for (Query.QueryCommand<List<InetAddress>> way : linux.addresses("lo").commands()) {
            if (isThere(way.command().getFirst())) {
                assertThat(asked(way)).as(way.toString()).startsWith(loopback);
                told++;
            }
        }
        assumeTrue(told > 0, "neither ip nor ifconfig");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisMachineTellsWhoListens() throws Exception {
        assertListenersAreSeen(0);
        if (isThere("netstat")) {
            assertListenersAreSeen(1);
        }
    }

    /// Over a console of 115200 baud, all of it would take two minutes.
    @Test
    @EnabledOnOs(OS.LINUX)
    void ofNineThousandSocketsOnlyTheOneComesBack() throws Exception {
        var table = new StringBuilder("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n");
        for (int port = 6_000; port < 15_000; port++) {
            table.append(String.format(Locale.ROOT, SOCKET, port - 6_000, port, 0, "0A"));
        }
        for (int port = 6_000; port < 15_000; port++) { // clients of a server at port 5201
            table.append(String.format(Locale.ROOT, SOCKET, port, 5_201, port, "01"));
        }
        Path file = Files.writeString(folder.resolve("tcp"), table);

        assertThat(found(file, 14_321)).isTrue();
        assertThat(found(file, 5_201)).isFalse();
    }

    private boolean found(Path file, int port) throws Exception {
        Query.QueryCommand<Boolean> way =
                linux.listens(Protocol.TCP, port).commands().getFirst();
        List<String> command = new ArrayList<>(way.command());
        command.replaceAll(word -> word.startsWith("/proc/net/") ? file.toString() : word);
        String output = run(command);
        assertThat(output).hasSizeLessThan(1_000);
        return Objects.requireNonNull(way.reader().read(output));
    }

    private void assertListenersAreSeen(int way) throws Exception {
        int tcpPort;
        int udpPort;
        try (var tcp = new ServerSocket(0);
                var udp = new DatagramSocket(0)) {
            tcpPort = tcp.getLocalPort();
            udpPort = udp.getLocalPort();
            assertThat(asked(linux.listens(Protocol.TCP, tcpPort).commands().get(way)))
                    .isTrue();
            assertThat(asked(linux.listens(Protocol.UDP, udpPort).commands().get(way)))
                    .isTrue();
        }
        assertThat(asked(linux.listens(Protocol.TCP, tcpPort).commands().get(way)))
                .isFalse();
        assertThat(asked(linux.listens(Protocol.UDP, udpPort).commands().get(way)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(OperatingSystem.class)
    void everySystemHasRules(OperatingSystem system) {
        OsAdapter adapter = OsAdapter.of(system);

        assertThat(adapter.runsCommands()).isEqualTo(system != OperatingSystem.IOS);
        assertThat(adapter.processes().commands().isEmpty()).isEqualTo(!adapter.runsCommands());
        assertThat(adapter.addresses("en0").commands().isEmpty()).isEqualTo(!adapter.runsCommands());
        assertThat(adapter.listens(Protocol.TCP, 5201).commands().isEmpty()).isEqualTo(!adapter.runsCommands());
        assertThat(adapter.ping("::1").commands().isEmpty()).isEqualTo(!adapter.runsCommands());
        assertThat(adapter.wifi("en0").commands().isEmpty()).isEqualTo(!adapter.runsCommands());
        assertThat(adapter.battery().commands().isEmpty()).isEqualTo(!adapter.runsCommands());
        assertThat(adapter.temporaryFolder()).isNotEmpty();
    }

    @Test
    void thisMachineIsKnownByTheNameThatTheJvmGivesIt() {
        assertThat(OperatingSystem.named("Windows Server 2025")).isEqualTo(OperatingSystem.WINDOWS);
        assertThat(OperatingSystem.named("Mac OS X")).isEqualTo(OperatingSystem.MACOS);
        assertThat(OperatingSystem.named("Linux")).isEqualTo(OperatingSystem.LINUX);
        assertThat(OperatingSystem.named("FreeBSD")).isEqualTo(OperatingSystem.LINUX);
    }

    @Test
    void whatIsEndedIsNamedByNumber() {
        assertThat(OsAdapter.of(OperatingSystem.WINDOWS).end(true, List.of(7L, 8L)))
                .containsExactly("taskkill", "/F", "/PID", "7", "/PID", "8");
        assertThat(OsAdapter.of(OperatingSystem.ANDROID).end(true, List.of(7L, 8L)))
                .containsExactly("kill", "-KILL", "7", "8");
        assertThatThrownBy(() -> OsAdapter.of(OperatingSystem.IOS).end(false, List.of(7L)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNameThatIsAnOptionOrACommandIsRefused() {
        assertThatThrownBy(() -> linux.addresses("-f")).hasMessage("not the name of a network interface: -f");
        assertThatThrownBy(() -> linux.wifi("a;reboot")).hasMessage("not the name of a network interface: a;reboot");
        assertThatThrownBy(() -> linux.ping("-f")).hasMessage("neither the name nor the address of a host: -f");
    }

    private static boolean isThere(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static <T> T asked(Query.QueryCommand<T> way) throws IOException, InterruptedException {
        String output = run(way.command());
        return Objects.requireNonNull(way.reader().read(output), () -> way.command() + " told " + output);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return output;
    }
}
