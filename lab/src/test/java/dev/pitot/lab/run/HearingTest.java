package dev.pitot.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.connection.Line;
import dev.pitot.lab.engine.ToolCommand;
import dev.pitot.lab.parse.OutputEvent;
import dev.pitot.lab.parse.OutputEvent.Complaint;
import dev.pitot.lab.parse.OutputReader;
import dev.pitot.lab.parse.Trouble;
import dev.pitot.lab.run.CommandReport.Ending;
import dev.pitot.lab.run.IperfCommand.Role;
import dev.pitot.model.config.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HearingTest {
    /// Fails at each line that is not "up", and at the end.
    private static final class FailingReader implements OutputReader {
        @Override
        public void line(String text, Consumer<OutputEvent> events) {
            if (!text.equals("up")) {
                throw new IllegalStateException(text);
            }
            events.accept(new Complaint(Trouble.BUSY, text));
        }

        @Override
        public void end(Consumer<OutputEvent> events) {
            throw new OutOfMemoryError("of a test");
        }
    }

    @Test
    void theFirstFaultOfAReaderIsToldAndReadingGoesOn() {
        try (Device device = Local.device(Local.name("tate"))) {
            var tool = new ToolCommand(List.of("iperf3"), FailingReader::new, Protocol.TCP, false);
            var command = new IperfCommand(tool, null, false, CommandOutput.NONE, Role.CLIENT);
            var hearing = new Hearing(command, "test", device, () -> {}, () -> {});

            hearing.onLine(new Line(Instant.EPOCH, Line.Origin.OUT, "bad"));
            hearing.onLine(new Line(Instant.EPOCH, Line.Origin.OUT, "worse"));
            hearing.onLine(new Line(Instant.EPOCH, Line.Origin.OUT, "up"));

            assertThat(hearing.end(new Ending.Exited(0), Duration.ofSeconds(1), 0)
                            .complaints())
                    .containsExactly(
                            new Complaint(
                                    Trouble.OTHER,
                                    "the program's output could not be read (IllegalStateException): look at its raw"
                                            + " lines"),
                            new Complaint(Trouble.BUSY, "up"));
        }
    }
}
