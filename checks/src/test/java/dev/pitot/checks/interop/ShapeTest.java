package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.program.Document;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Golden;
import dev.pitot.testkit.Golden.Form;
import dev.pitot.testkit.PitotProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The output of both ends of a real run has the keys of iperf 3.21, in its order. (Their values are
/// compared byte by byte in the output module.)
@Timeout(180)
@Tag("slow")
class ShapeTest {
    @ParameterizedTest
    @CsvSource({
        "tcp, -t 1",
        "tcp-R, -t 1 -R",
        "tcp-bidir, -t 1 --bidir",
        "tcp-P2-R, -t 1 -P 2 -R",
        "tcp-omit, -t 1 -O 1",
        "tcp-title-extra, -t 1 -T title --extra-data extra",
        "tcp-rate, -t 1 -b 50M",
    })
    void bothEndsWriteTheKeysOfIperfInItsOrder(String name, String options) throws Exception {
        Golden golden = Golden.of("3.21", name, Form.JSON);
        try (var server = PitotProcess.server("-1", "-J");
                var client = PitotProcess.client(server.port(), (options + " -J").split(" "))) {
            Document clientDocument = Document.strict(client.awaitExit().stdout());
            Document serverDocument =
                    Document.strict(server.process().awaitExit().stdout());

            assertThat(ofIperf(clientDocument)).containsExactlyElementsOf(paths(golden.client()));
            assertThat(ofIperf(serverDocument))
                    .containsExactlyInAnyOrderElementsOf(paths(Objects.requireNonNull(golden.server())));
            assertThat(clientDocument.text("start.version"))
                    .startsWith("iperf 3.21 ")
                    .contains("Pitot");
        }
    }

    /// All paths but those of Pitot's own key.
    private static List<String> ofIperf(Document document) {
        return document.paths().stream()
                .filter(path -> !path.contains(".pitot."))
                .toList();
    }

    private static Set<String> paths(Golden.End end) throws IOException {
        return Document.lenient(end.stdout()).paths();
    }

    @Test
    void theStreamOfEventsIsOneObjectALine() throws Exception {
        try (var server = PitotProcess.server("-1", "-i", "0.3", "--json-stream");
                var client = PitotProcess.client(server.port(), "-t", "1", "-i", "0.5", "--json-stream")) {
            Exit clientExit = client.awaitExit();
            Exit serverExit = server.process().awaitExit();

            for (Exit exit : List.of(clientExit, serverExit)) {
                List<String> events = new ArrayList<>();
                for (String line : exit.stdout().lines().toList()) {
                    events.add(Document.strict(line).text("event"));
                }
                assertThat(events).startsWith("start", "interval", "interval").endsWith("end");
            }
        }
    }
}
