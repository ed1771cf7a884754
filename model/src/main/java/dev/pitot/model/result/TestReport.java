package dev.pitot.model.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything measured until the test ended: each part that was not reached is null or empty.
///
/// @param start null if the ends never agreed on parameters
/// @param streams in the order of creation; empty until they are connected
/// @param buffers buffer sizes of the first data socket
/// @param summary null if no data was transferred
/// @param serverOutput null unless the client requested it and the server sent it
public record TestReport(
        @Nullable TestStart start,
        List<StreamInfo> streams,
        @Nullable BufferSizes buffers,
        @Nullable Summary summary,
        @Nullable ServerOutput serverOutput) {
    /// The report of a test that reached nothing.
    public static final TestReport EMPTY = new TestReport(null, List.of(), null, null, null);

    /// Copies the streams.
    public TestReport {
        streams = List.copyOf(streams);
    }
}
