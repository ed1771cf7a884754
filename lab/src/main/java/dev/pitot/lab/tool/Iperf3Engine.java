package dev.pitot.lab.tool;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.AutoDetectReader;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// iperf3 and Pitot, which take the same options and can be at two ends of one test.
record Iperf3Engine(InstalledTool program) implements Engine {
    private static final ToolVersion JSON_STREAMS = new ToolVersion(3, 17, 0); // release notes of iperf 3.17
    private static final ToolVersion SERVER_MPTCP = new ToolVersion(3, 19, 0); // release notes of iperf 3.19

    @Override
    public ToolCommand server(TestSettings test, ServerAddress place) {
        List<String> words = new ArrayList<>(List.of(program.path(), "-s", "-1", "-p", Integer.toString(place.port())));
        bind(words, place.address());
        ReportInterval interval = test.config().interval();
        if (!interval.equals(ReportInterval.DEFAULT)) {
            words.addAll(List.of("-i", TestSettings.seconds(interval.length())));
        }
        if (test.config().test().protocol() == Protocol.MULTIPATH_TCP && takesServerMptcp()) {
            words.add("-m");
        }
        return command(words, test);
    }

    @Override
    public ToolCommand client(TestSettings test, ClientTarget target) {
        List<String> words =
                new ArrayList<>(List.of(program.path(), "-c", target.address(), "-p", Integer.toString(target.port())));
        bind(words, target.ownAddress());
        words.addAll(test.options());
        return command(words, test);
    }

    /// Readiness is that of the control connection, whatever carries the data. By `-1` iperf3 (all
    /// since 3.0) and Pitot exit after one test.
    private ToolCommand command(List<String> words, TestSettings test) {
        words.add("--forceflush");
        if (test.style() == OutputStyle.EXACT) {
            words.add(hasJsonStream() ? "--json-stream" : "-J");
        }
        return new ToolCommand(words, AutoDetectReader::new, Protocol.TCP, true);
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
