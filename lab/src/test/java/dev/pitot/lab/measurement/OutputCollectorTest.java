package dev.pitot.lab.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.measurement.IperfCommand.Role;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.OutputEvent;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputReader;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.tool.ToolCommand;
import dev.pitot.model.config.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OutputCollectorTest {
    /// Fails at each line that is not "up", and at the end.
    private static final class FailingReader implements OutputReader {
        @Override
        public void line(String text, Consumer<OutputEvent> events) {
            if (!text.equals("up")) {
                throw new IllegalStateException(text);
            }
            events.accept(new ProgramError(ErrorKind.BUSY, text));
        }

        @Override
        public void end(Consumer<OutputEvent> events) {
            throw new OutOfMemoryError("of a test");
        }
    }

    @Test
    void theFirstFaultOfAReaderIsToldAndReadingGoesOn() {
        try (NodeHandle device = LocalNodes.device(LocalNodes.name("tate"))) {
            var tool = new ToolCommand(List.of("iperf3"), FailingReader::new, Protocol.TCP, false);
            var command = new IperfCommand(tool, null, false, OutputSink.NONE, Role.CLIENT);
            var collector = new OutputCollector(command, "test", device, () -> {}, () -> {});

            collector.onLine(new OutputLine(Instant.EPOCH, OutputLine.Origin.OUT, "bad"));
            collector.onLine(new OutputLine(Instant.EPOCH, OutputLine.Origin.OUT, "worse"));
            collector.onLine(new OutputLine(Instant.EPOCH, OutputLine.Origin.OUT, "up"));

            assertThat(collector
                            .end(new Ending.Exited(0), Duration.ofSeconds(1), 0)
                            .errors())
                    .containsExactly(
                            new ProgramError(
                                    ErrorKind.OTHER,
                                    "the program's output could not be read (IllegalStateException): look at its raw"
                                            + " lines"),
                            new ProgramError(ErrorKind.BUSY, "up"));
        }
    }
}
