package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.NodeShell;
import dev.pitot.lab.connection.SecretReader;
import dev.pitot.lab.connection.SshConnection;
import dev.pitot.lab.connection.console.Consoles;
import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.process.NodeLease.Outcome;
import dev.pitot.lab.process.NodeLease.Owner;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.SshdProcess;
import dev.pitot.testkit.TelnetdProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs behind wrappers over connections that are not this machine's own.
@Tag("slow")
@Timeout(120)
class RemoteEndTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    @Needs(Tool.SSHD)
    void overSsh() throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder)) {
            var door = new Door.Ssh(sshd.host(), sshd.login(), sshd.port(), sshd.clientKey(), sshd.options());
            var shell = new NodeShell("tate", OperatingSystem.LINUX, Map.of());
            try (Connection ssh =
                    new SshConnection(shell, door, List.of("ssh", "-F", "/dev/null"), InstantSource.system())) {
                endsAllAndGivesBack(ssh);
            }
        }
    }

    @Test
    @Needs(Tool.TELNETD)
    void overTelnet() throws Exception {
        try (ServerProcess telnetd = TelnetdProcess.start(folder);
                Connection telnet = new Consoles()
                        .telnet(
                                new NodeShell("tate", OperatingSystem.LINUX, Map.of()),
                                new Door.Telnet(
                                        "127.0.0.1",
                                        telnetd.port(),
                                        TelnetdProcess.LOGIN,
                                        new Secret.InVariable("RIGHT")),
                                new SecretReader(Map.of("RIGHT", TelnetdProcess.PASSWORD)::get))) {
            endsAllAndGivesBack(telnet);
        }
    }

    private static void endsAllAndGivesBack(Connection connection) throws Exception {
        var commands = new NodeCommands(connection, OperatingSystem.LINUX);
        String key = "t" + UUID.randomUUID().toString().replace("-", "");
        var lease = new NodeLease(commands, new Owner(key, "ann@pc7 (it's \"roof\")"), LONG, key);
        assertThat(lease.take()).isEqualTo(new Outcome(true, false, ""));
        assertThat(new NodeLease(commands, new Owner("bob", "bob"), LONG, key).take())
                .isEqualTo(new Outcome(false, false, "ann@pc7 (it's \"roof\")"));
        var mark = new Mark(key, "tate", "server");
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        String script = "trap '' TERM; (setsid sleep 61 &); sleep 62 & echo up; wait; true";
        try (NodeProcess process =
                NodeProcess.start(commands, mark, List.of("sh", "-c", script), line -> lines.add(line.text()))) {
            var polling = new Polling(commands.clock(), Duration.ofMillis(20), LONG);
            while (!lines.contains("up")) {
                assertThat(polling.again()).isTrue();
            }

            assertThat(process.end(Duration.ofMillis(500))).isEqualTo(Ended.KILLED);
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(128 + 9));
        }
        lease.release();
        NodeCommands here = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);
        assertThat(here.run(List.of(
                                "sh", "-c", "grep -lF " + mark.tag() + " /proc/[0-9]*/environ; ls /tmp | grep " + key))
                        .out())
                .isEmpty();
    }
}
