package dev.pitot.lab.engine;

import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// iperf3 and Pitot, which take the same options and can be at two ends of one test.
record Iperf3Engine(Program program) implements Engine {
    private static final Version JSON_STREAMS = new Version(3, 17, 0); // release notes of iperf 3.17
    private static final Version SERVER_MPTCP = new Version(3, 19, 0); // release notes of iperf 3.19

    /// iperf3 3.12 and Pitot exit after one test by `-1`; so do all since 3.0.
    @Override
    public boolean hasOneTestServers() {
        return true;
    }

    /// The control connection, whatever carries the data.
    @Override
    public Protocol door(TestSettings test) {
        return Protocol.TCP;
    }

    @Override
    public List<String> server(TestSettings test, ServerPlace place) {
        List<String> words = new ArrayList<>(List.of(program.path(), "-s", "-1", "-p", Integer.toString(place.port())));
        bind(words, place.address());
        ReportInterval interval = test.config().interval();
        if (!interval.equals(ReportInterval.DEFAULT)) {
            words.addAll(List.of("-i", Seconds.text(interval.length())));
        }
        if (test.config().test().protocol() == Protocol.MULTIPATH_TCP && takesServerMptcp()) {
            words.add("-m");
        }
        words.addAll(writing(test));
        return words;
    }

    @Override
    public List<String> client(TestSettings test, ClientTarget target) {
        List<String> words =
                new ArrayList<>(List.of(program.path(), "-c", target.address(), "-p", Integer.toString(target.port())));
        bind(words, target.ownAddress());
        words.addAll(test.options());
        words.addAll(writing(test));
        return words;
    }

    @Override
    public Output output(TestSettings test) {
        if (test.style() == OutputStyle.TEXT) {
            return Output.IPERF3_TEXT;
        }
        return hasJsonStream() ? Output.JSON_STREAM : Output.JSON;
    }

    private List<String> writing(TestSettings test) {
        return switch (output(test)) {
            case JSON_STREAM -> List.of("--forceflush", "--json-stream");
            case JSON -> List.of("--forceflush", "-J");
            case IPERF3_TEXT, IPERF2_TEXT, IPERF2_CSV -> List.of("--forceflush");
        };
    }

    private boolean hasJsonStream() {
        return program.kind() == EngineKind.PITOT || program.isAtLeast(JSON_STREAMS);
    }

    private boolean takesServerMptcp() {
        return program.kind() == EngineKind.PITOT || program.isAtLeast(SERVER_MPTCP);
    }

    private static void bind(List<String> words, @Nullable String address) {
        if (address != null) {
            words.addAll(List.of("-B", address));
        }
    }
}
