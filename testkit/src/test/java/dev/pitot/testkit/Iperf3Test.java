package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.testkit.ChildProcess.Exit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Needs(Tool.IPERF3)
@Timeout(180)
class Iperf3Test {
    @Test
    void aServerOfOneTestIsLeftForTheClient() throws Exception {
        try (var server = Iperf3.server("-1");
                var client = Iperf3.client(server.port(), "-n", "1M")) {
            assertThat(client.awaitExit())
                    .returns(0, Exit::code)
                    .extracting(Exit::stdout)
                    .asString()
                    .contains("iperf Done.");
            assertThat(server.process().awaitExit().code()).isZero();
        }
    }

    @Test
    void aServerThatWritesJsonIsKnownToListenToo() throws Exception {
        try (var server = Iperf3.server("-1", "-J");
                var client = Iperf3.client(server.port(), "-n", "1M", "-J")) {
            assertThat(client.awaitExit().stdout()).startsWith("{");
            assertThat(server.process().awaitExit().stdout()).contains("\"end\"");
        }
    }

    @Test
    void aServerThatDoesNotComeUpFailsWithItsOwnWords() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Iperf3.server("--no-such-option"))
                .withMessageContainingAll("no listener on port", "no-such-option");
    }

    @Test
    void isLookedForOnTheSearchPath(@TempDir Path empty) {
        assertThat(Tool.IPERF3.presence()).isEqualTo(new ToolPresence.Found());
        assertThat(new SearchPath(empty.toString()).has("iperf3")).isFalse();
        assertThat(new SearchPath(null).has("iperf3")).isFalse();
    }
}
