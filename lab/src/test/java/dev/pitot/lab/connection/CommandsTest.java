package dev.pitot.lab.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private final LocalConnection here = new LocalConnection("pc", Map.of(), InstantSource.system());

    @AfterEach
    void close() {
        here.close();
    }

    @Test
    void keepsBothOutputsAndTheCode() throws Exception {
        Commands.Finished finished = run("echo a; echo b; echo c >&2; exit 2", HeardLines.PATIENCE);

        assertThat(finished).isEqualTo(new Commands.Finished(2, List.of("a", "b"), List.of("c")));
        assertThat(finished.succeeded()).isFalse();
    }

    @Test
    void keepsTenThousandLinesAndNotOneMore() throws Exception {
        assertThat(run("seq 10000", HeardLines.PATIENCE).out()).hasSize(Commands.MAX_LINES);
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> run("seq 10001", HeardLines.PATIENCE))
                .withMessage("pc (this machine): sh wrote more than 10000 lines or 16777216 characters;"
                        + " see what it does there");
    }

    @Test
    void endsACommandThatNeverStopsWriting() {
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> run("exec yes", Duration.ofDays(1)))
                .withMessageContaining("wrote more than 10000 lines");
    }

    @Test
    void givesUpWhenThePatienceIsOver() {
        assertThatExceptionOfType(ConnectionException.class)
                .isThrownBy(() -> run("exec sleep 20", Duration.ofMillis(100)))
                .withMessage("pc (this machine): sh has not ended after 0.1 s; see whether the node still answers");
    }

    private Commands.Finished run(String script, Duration patience) throws Exception {
        return Commands.run(here, List.of("sh", "-c", script), patience);
    }
}
