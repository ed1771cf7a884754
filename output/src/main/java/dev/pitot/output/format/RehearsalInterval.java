package dev.pitot.output.format;

import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.time.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Made-up interval of a test that has not started. A reporter writes it to nowhere when the
/// parameters are agreed: then the classes that write intervals are not loaded while data flows.
public final class RehearsalInterval {
    private static final long BYTES = 123_456_789;
    private static final Span SPAN = Span.until(1_000_000_007);

    private RehearsalInterval() {}

    /// Returns an interval with every kind of value that those of the test can have.
    public static Interval of(TestStart start) {
        TestConfig test = start.config();
        List<StreamRole> roles = switch (test.direction()) {
            case FORWARD -> List.of(role(start, TestRole.CLIENT));
            case REVERSE -> List.of(role(start, TestRole.SERVER));
            case BIDIRECTIONAL -> List.of(role(start, TestRole.CLIENT), role(start, TestRole.SERVER));
        };
        boolean isOfDatagrams = test.protocol().isDatagram();
        return new Interval(
                roles.stream().map(role -> stream(start, role, isOfDatagrams)).toList(),
                roles.stream().map(role -> sum(role, isOfDatagrams)).toList(),
                false);
    }

    private static StreamRole role(TestStart start, TestRole sender) {
        return start.role() == sender ? StreamRole.SENDER : StreamRole.RECEIVER;
    }

    private static Interval.OfStream stream(TestStart start, StreamRole role, boolean isOfDatagrams) {
        var info = new StreamInfo(1, 1, role, start.peer(), start.peer());
        TcpSample tcp = role.isSender() && !isOfDatagrams
                ? new TcpSample(1, new TcpSample.SendWindow(BYTES, BYTES), new TcpSample.RoundTrip(1, 1), 1, 1)
                : null;
        KernelValues<TcpField> kernel =
                isOfDatagrams ? null : KernelValues.of(TcpField.class, Map.of(TcpField.RTT, 1L));
        return new Interval.OfStream(info, SPAN, BYTES, tcp, datagrams(role, isOfDatagrams), kernel);
    }

    private static Interval.Sum sum(StreamRole role, boolean isOfDatagrams) {
        Long retransmits = role.isSender() && !isOfDatagrams ? 1L : null;
        return new Interval.Sum(role, SPAN, BYTES, retransmits, datagrams(role, isOfDatagrams));
    }

    private static @Nullable Datagrams datagrams(StreamRole role, boolean isOfDatagrams) {
        if (!isOfDatagrams) {
            return null;
        }
        return new Datagrams(1, role.isSender() ? null : new Datagrams.Reception(1L, 1, 1, 1e-6));
    }
}
