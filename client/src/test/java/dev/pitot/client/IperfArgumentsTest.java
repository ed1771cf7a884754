package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.IperfException;
import dev.pitot.engine.Server;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IperfArgumentsTest {
    @Test
    void describeAClientAndStepsGoOnFromThere() throws InterruptedException, IperfException {
        ClientBuilder client = IperfArguments.client(List.of("-c", "127.0.0.1", "-P", "2", "-R", "-n", "100K"));

        assertThat(client.config().server()).isEqualTo(new Endpoint("127.0.0.1", Endpoint.DEFAULT_PORT));
        try (Server server = Iperf.server().port(0).start()) {
            Outcome outcome = client.port(server.port()).run();
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(outcome.report().streams()).hasSize(2);
        }
    }

    @Test
    void describeAServer() throws InterruptedException, IperfException {
        try (Server one = IperfArguments.server(List.of("-s", "-1", "--socket", "portable"))
                .port(0)
                .start()) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(one.port())
                    .duration(Duration.ofMillis(200))
                    .run();
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            one.await();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c h --nonsense",
                "-c h -t abc",
                "-s",
                "-h",
                "-v",
                "-c h -J",
                "-c h -V",
                "-c h --logfile f",
                "-c h --timestamps",
                "-c h --metrics.file f",
                "-c h -I f"
            })
    void thatMakeNoClientAreAnException(String line) {
        assertThatThrownBy(() -> IperfArguments.client(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c h", "-s -D", "-s -J", "-s -P 2"})
    void thatMakeNoServerAreAnException(String line) {
        assertThatThrownBy(() -> IperfArguments.server(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
