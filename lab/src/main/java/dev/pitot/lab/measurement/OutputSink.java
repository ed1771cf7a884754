package dev.pitot.lab.measurement;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.remote.OutputLine;

/// Where the lines and figures of one command go.
public interface OutputSink {
    /// Begins to keep what a command writes.
    ///
    /// @param command what is run
    /// @param node where
    /// @param name what the caller calls the test
    Recorder open(IperfCommand command, Node node, String name);

    /// Nothing is kept.
    OutputSink NONE = (_, _, _) -> new Recorder() {
        @Override
        public void line(OutputLine line) {}

        @Override
        public void row(Row row) {}

        @Override
        public void close() {}
    };

    /// What is kept of one run. Used by the thread that reads the command's lines.
    interface Recorder extends AutoCloseable {
        /// A raw line.
        void line(OutputLine line);

        /// Figures that a line had.
        void row(Row row);

        @Override
        void close();
    }
}
