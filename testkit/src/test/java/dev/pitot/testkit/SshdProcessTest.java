package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.SSHD)
class SshdProcessTest {
    @Test
    void letsTheUsersOwnSshInByItsKeyAndEndsItsSessions(@TempDir Path folder) throws Exception {
        try (SshdProcess sshd = SshdProcess.start(folder.resolve("sshd"));
                ChildProcess ssh = ChildProcess.start(command(sshd, "echo here; read line; echo gone"))) {
            // standard input is closed at once, so `read` ends
            assertThat(ssh.awaitExit().stdout()).isEqualTo("here\ngone\n");
            try (ChildProcess silent = ChildProcess.start(command(sshd, "echo up; exec sleep 60"))) {
                silent.awaitStdout("up");

                assertThat(sshd.killSessions()).isGreaterThan(0);

                assertThat(silent.awaitExit(Duration.ofSeconds(5)).code()).isEqualTo(255);
            }
        }
    }

    private static List<String> command(SshdProcess sshd, String remote) {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "/dev/null", "-T"));
        sshd.options().forEach(option -> command.addAll(List.of("-o", option)));
        command.addAll(List.of("-i", sshd.clientKey().toString(), "-p", Integer.toString(sshd.port())));
        command.addAll(List.of("-l", sshd.login(), sshd.host(), remote));
        return command;
    }
}
