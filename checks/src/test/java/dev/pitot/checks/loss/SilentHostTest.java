package dev.pitot.checks.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.NamespacePair;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that sends to a client whose host loses power detects that the client is gone, and stops,
/// even if the test has no end and UDP needs no acknowledgement.
@Needs(Tool.NAMESPACES)
@Timeout(180)
@Tag("slow")
class SilentHostTest {
    private static final int PORT = 5201;

    /// The kernel gives up after 28 s; the rest is for a busy machine.
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /// All at once: each waits for half a minute.
    @Test
    void aServerStopsAndSaysWhy() throws Exception {
        Map<String, ServerProcess> servers = new LinkedHashMap<>();
        for (String options : List.of("-u -R -t 0 -b 20M", "-u -R -t 0 -b 0 -l 1000", "-R -t 0", "-u --bidir -t 0")) {
            servers.put(options, serverOfASilentHost(options));
        }

        for (Map.Entry<String, ServerProcess> each : servers.entrySet()) {
            ChildProcess.Exit exit = each.getValue().process().awaitExit(TIMEOUT);
            assertThat(exit.stderr()).as(each.getKey()).contains("timed out");
        }
    }

    private ServerProcess serverOfASilentHost(String options) throws Exception {
        String[] args = ("-c 192.0.2.2 -i 0.2 --forceflush " + options).split(" ");
        NamespacePair pair = closed(NamespacePair.create());
        ServerProcess server = closed(pair.server(PORT, PitotProcess.command("-s", "-1")));
        ChildProcess client = closed(pair.start(NamespaceSide.CLIENT, PitotProcess.command(args)));
        client.awaitStdout("sec");
        pair.silence(NamespaceSide.CLIENT);
        return server;
    }

    /// What is closed after the test.
    private <T extends AutoCloseable> T closed(T resource) {
        opened.push(resource);
        return resource;
    }
}
