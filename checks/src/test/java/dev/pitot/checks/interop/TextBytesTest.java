package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Title and extra data reach the real iperf3's server byte for byte, whatever the locale.
@Needs(Tool.IPERF3)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class TextBytesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "en_US.ISO-8859-1"})
    void ofAClientReachTheServerAsTheyAre(String locale) throws Exception {
        Path log = folder.resolve("log");
        try (ServerProcess server = Iperf3.server("-1", "-J", "--logfile", log.toString())) {
            String client = "'" + String.join("' '", PitotProcess.command("-c", "127.0.0.1", "-n", "1", "-p"))
                    + "' " + server.port()
                    + " -T \"$(printf 'L\\344tin-\\303\\274')\" --extra-data \"$(printf '\\303\\251\\342\\202\\254')\"";
            try (ChildProcess shell = ChildProcess.start(List.of("sh", "-c", client), Map.of("LC_ALL", locale))) {
                Exit exit = shell.awaitExit();
                assertThat(exit.code()).as(exit.toString()).isZero();
            }
            server.process().awaitExit();
        }

        assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                .contains("\"title\":\t\"L\u00e4tin-Ã¼\"")
                .contains("\"extra_data\":\t\"Ã©â\u0082¬\"");
    }
}
