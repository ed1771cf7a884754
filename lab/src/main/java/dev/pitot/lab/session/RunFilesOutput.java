package dev.pitot.lab.session;

import dev.pitot.lab.measurement.IperfCommand;
import dev.pitot.lab.measurement.OutputSink;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.results.RunFiles;
import dev.pitot.lab.results.TestEnd;
import java.time.Instant;
import java.time.InstantSource;

/// One end's output into the files of a run.
///
/// @param files of the run
/// @param side which end
/// @param window of monitors' readings, begun and ended with the client
/// @param clock of the client's begin, from where times of rows are counted
record RunFilesOutput(RunFiles files, TestEnd side, MonitorReadings.Window window, InstantSource clock)
        implements OutputSink {
    @Override
    public Recorder open(IperfCommand command, Node node, String name) {
        if (command.role() == IperfCommand.Role.CLIENT) {
            Instant now = clock.instant();
            files.measuringSince(now);
            window.begin(now);
        }
        LineListener raw = files.raw(side);
        return new Recorder() {
            @Override
            public void line(OutputLine line) {
                raw.onLine(line);
            }

            @Override
            public void row(Row row) {
                files.row(side, row);
            }

            @Override
            public void close() { // the run's files are closed together
                if (command.role() == IperfCommand.Role.CLIENT) {
                    window.end(clock.instant());
                }
            }
        };
    }
}
