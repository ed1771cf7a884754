package dev.pitot.model.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that was measured, as far as the test came: every part that was not reached is null or
/// empty.
///
/// @param start null if the ends never agreed on parameters
/// @param streams in the order of creation; empty before they exist
/// @param buffers of the first data socket
/// @param summary null if no data was moved
/// @param serverOutput null unless the client asked and the server sent it
public record TestReport(
        @Nullable TestStart start,
        List<StreamInfo> streams,
        @Nullable BufferSizes buffers,
        @Nullable Summary summary,
        @Nullable ServerOutput serverOutput) {
    /// Nothing was reached.
    public static final TestReport EMPTY = new TestReport(null, List.of(), null, null, null);

    /// Copies the streams.
    public TestReport {
        streams = List.copyOf(streams);
    }
}
