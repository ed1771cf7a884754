package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.output.json.DocumentReader;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.NginxProcess;
import dev.pitot.testkit.Tool;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `pitot rpm`, in this process, against the real nginx.
@Needs(Tool.NGINX)
@Tag("slow")
@Timeout(120)
class RpmTest {
    @TempDir
    private Path folder;

    private NginxProcess nginx;

    @BeforeEach
    void start() throws Exception {
        nginx = NginxProcess.start(folder);
    }

    @AfterEach
    void stop() {
        nginx.close();
    }

    private String[] line(String options) {
        return ("rpm " + nginx.url("") + " --connections 2 --interval 250ms " + options).split(" ");
    }

    @Test
    void textHasTheRevisionBothComponentsAndTheRise() {
        Launch launch = Launch.of(line("--time-limit 2 --cacert " + nginx.certificate()));

        assertThat(launch.err()).isEmpty();
        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out())
                .contains("draft-ietf-ippm-responsiveness-09, interval 0.25 s, MAD 4\n")
                .containsPattern(
                        "\nidle +foreign [0-9.]+ ms \\(TCP [0-9.]+ ms, TLS [0-9.]+ ms, HTTP [0-9.]+ ms\\), self ")
                .containsPattern(
                        "\ndownload  [0-9]+ RPM, (poor|fair|good|excellent), confidence (low|medium|high); goodput ")
                .containsPattern("\nupload    [0-9]+ RPM, ")
                .containsPattern("\n +foreign [0-9]+ RPM: ")
                .containsPattern("\n +self +[0-9]+ RPM: ")
                .containsPattern("\n +rise over idle: foreign -?[0-9.]+ ms, self -?[0-9.]+ ms\n");
    }

    @Test
    void jsonIsOneObject() {
        Launch launch = Launch.of(line("--time-limit 2 --both --json -k"));

        Map<String, Object> json = DocumentReader.read(launch.out());
        assertThat(launch.exitCode()).isZero();
        assertThat(json)
                .containsEntry("draft", "draft-ietf-ippm-responsiveness-09")
                .containsEntry("cancelled", false)
                .containsEntry("upload_url", nginx.url("/upload"))
                .doesNotContainKey("broken_off"); // null
        assertThat(json.get("scores"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(launch.out()).containsPattern("\"direction\":\"both\",\"rpm\":[0-9.]+,\"category\":\"[a-z]+\"");
    }

    @Test
    void withoutTlsTheTermIsNullAndNoScoreIsMadeUp() {
        Launch launch = Launch.of("rpm --large %s --small %s --upload %s --time-limit 2 --interval 250ms --json"
                .formatted(nginx.plainUrl("/large"), nginx.plainUrl("/small"), nginx.plainUrl("/upload"))
                .split(" "));

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out())
                .contains("\"rpm\":null,\"category\":null")
                .contains("\"tls_ms\":null")
                .contains("\"multiplexed\":false")
                .doesNotContain("\"tls_ms\":0");
    }

    @Test
    void aSignalEndsItWithWhatIsKnown() {
        try (Launch.Running running = Launch.start(line("--time-limit 10m -k"))) {
            running.awaitOutput("download");
            running.signal("Interrupt(2)");
            Launch launch = running.join();

            assertThat(launch.exitCode()).isZero();
            assertThat(launch.err()).isEmpty();
            assertThat(launch.out())
                    .contains("\nidle ")
                    .contains("confidence low")
                    .doesNotContain("upload");
        }
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() {
        Launch launch = Launch.of(line("--time-limit 2"));

        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.out()).isEmpty();
        assertThat(launch.err()).startsWith("pitot: no trusted TLS connection to the server: ");
    }
}
