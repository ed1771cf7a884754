package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A stand-in for Windows: a script that answers to `tasklist` and `taskkill` as those do, with a
/// file for each running program, and to `powershell` as our scripts would have it do: what those
/// mean to PowerShell itself is not tried here.
@EnabledOnOs(OS.LINUX)
class WindowsProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String STAND_IN = """
            cd 'FOLDER'
            case $1 in
            tasklist) for f in *.exe; do [ -e "$f" ] && echo "\\"$f\\",\\"4711\\",\\"Console\\",\\"1\\",\\"9,000 K\\""; done
                echo '"svchost.exe","900","Services","0","9,000 K"';;
            taskkill) case "$*" in *4711*) rm -f ./*.exe;; esac;;
            powershell) for last; do :; done
                printf %s "$last" | base64 -d | tr -d '\\0' >>scripts
                case $(printf %s "$last" | base64 -d | tr -d '\\0') in
                *Start-Process*) echo '4711 1' >note; exec sleep 60;;
                *) [ -e note ] || { echo none; exit 0; }
                    [ -e survivor ] && { echo 'left 4711 iperf3.exe'; exit 0; }
                    rm note; [ -e stubborn ] && echo 'gone 1 1' || echo 'gone 1 0';;
                esac;;
            esac
            """;

    @TempDir
    Path folder;

    private NodeCommands commands;

    @BeforeEach
    void makeStandIn() throws Exception {
        Path script = Files.writeString(folder.resolve("windows"), STAND_IN.replace("FOLDER", folder.toString()));
        commands = new NodeCommands(new ProcessConnection("sh", script.toString()), OperatingSystem.WINDOWS);
    }

    private RemoteProcess start() throws Exception {
        RemoteProcess process = RemoteProcess.start(
                commands,
                new ProcessTag("now", "tate", "server"),
                List.of("C:\\Program Files\\o'hara\\iperf3.exe", "-s", "a \"b\" c\\"),
                _ -> {});
        var backoff = new Backoff(commands.clock(), Duration.ofMillis(10), LONG);
        while (!Files.exists(folder.resolve("note"))) {
            assertThat(backoff.await()).isTrue();
        }
        return process;
    }

    @Test
    void aProgramIsNotedAndEndedByItsNumberAndNeverByItsName() throws Exception {
        Path bystander = Files.createFile(folder.resolve("iperf3.exe"));
        try (RemoteProcess process = start()) {
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.TERMINATED);
            assertThat(process.end(LONG)).isEqualTo(TerminationResult.BY_ITSELF);
        }
        assertThat(bystander).exists();
        assertThat(Files.readString(folder.resolve("scripts")))
                .contains(
                        "-FilePath 'C:\\Program Files\\o''hara\\iperf3.exe' -ArgumentList '\"-s\" \"a \\\"b\\\" c\\\\\"'")
                .contains("Join-Path $env:TEMP 'pitot-lab-now-tate-server.pid'")
                .contains("taskkill /T /PID $n[0]")
                .doesNotContain("/IM");
    }

    @Test
    void oneThatDoesNotEndIsForcedTo() throws Exception {
        Files.createFile(folder.resolve("stubborn"));
        try (RemoteProcess process = start()) {
            assertThat(process.end(SHORT)).isEqualTo(TerminationResult.KILLED);
        }
    }

    @Test
    void oneThatSurvivesIsNamed() throws Exception {
        Files.createFile(folder.resolve("survivor"));
        try (RemoteProcess process = start()) {
            assertThat(process.end(SHORT)).isEqualTo(TerminationResult.SURVIVED);
            assertThat(process.survivors()).startsWith("this machine still runs process 4711 iperf3.exe, which cannot");
        }
    }

    @Test
    void leftoversAreFoundByNameOnly() throws Exception {
        Files.createFile(folder.resolve("iperf3.exe"));
        var staleProcesses = new StaleProcesses(commands, "tate");

        assertThat(staleProcesses.end(List.of("C:\\iperf\\iperf3.exe", "iperf")))
                .containsExactly("'iperf3' processes on tate: 1 ended");
    }
}
