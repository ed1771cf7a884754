package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeLease.Outcome;
import dev.pitot.lab.process.NodeLease.Owner;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionFactory;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OpenSshConnection;
import dev.pitot.lab.remote.SecretReader;
import dev.pitot.lab.remote.ShellContext;
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
            var settings = new ConnectionSettings.Ssh(
                    sshd.host(), sshd.login(), sshd.port(), sshd.clientKey(), sshd.options());
            var shell = new ShellContext("tate", OperatingSystem.LINUX, Map.of());
            try (NodeConnection ssh =
                    new OpenSshConnection(shell, settings, List.of("ssh", "-F", "/dev/null"), InstantSource.system())) {
                endsAllAndGivesBack(ssh);
            }
        }
    }

    @Test
    @Needs(Tool.TELNETD)
    void overTelnet() throws Exception {
        try (ServerProcess telnetd = TelnetdProcess.start(folder);
                NodeConnection telnet = new ConnectionFactory(
                                new SecretReader(Map.of("RIGHT", TelnetdProcess.PASSWORD)::get),
                                folder,
                                InstantSource.system())
                        .open(
                                new ShellContext("tate", OperatingSystem.LINUX, Map.of()),
                                new ConnectionSettings.Telnet(
                                        "127.0.0.1",
                                        telnetd.port(),
                                        TelnetdProcess.LOGIN,
                                        new Secret.InVariable("RIGHT")))) {
            endsAllAndGivesBack(telnet);
        }
    }

    private static void endsAllAndGivesBack(NodeConnection connection) throws Exception {
        var commands = new NodeCommands(connection, OperatingSystem.LINUX);
        String key = "t" + UUID.randomUUID().toString().replace("-", "");
        var lease = new NodeLease(commands, new Owner(key, "ann@pc7 (it's \"roof\")"), LONG, key);
        assertThat(lease.take()).isEqualTo(new Outcome(true, false, "", ""));
        assertThat(new NodeLease(commands, new Owner("bob", "bob"), LONG, key).take())
                .isEqualTo(new Outcome(false, false, "ann@pc7 (it's \"roof\")", ""));
        var tag = new ProcessTag(key, "tate", "server");
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        String script = "trap '' TERM; (setsid sleep 61 &); sleep 62 & echo up; wait; true";
        try (RemoteProcess process =
                RemoteProcess.start(commands, tag, List.of("sh", "-c", script), line -> lines.add(line.text()))) {
            var backoff = new Backoff(commands.clock(), Duration.ofMillis(20), LONG);
            while (!lines.contains("up")) {
                assertThat(backoff.await()).isTrue();
            }

            assertThat(process.end(Duration.ofMillis(500))).isEqualTo(TerminationResult.KILLED);
            assertThat(process.await(LONG)).isEqualTo(new CommandEnd.Exited(128 + 9));
        }
        lease.release();
        NodeCommands here = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);
        assertThat(here.run(List.of(
                                "sh", "-c", "grep -lF " + tag.tag() + " /proc/[0-9]*/environ; ls /tmp | grep " + key))
                        .out())
                .isEmpty();
    }
}
