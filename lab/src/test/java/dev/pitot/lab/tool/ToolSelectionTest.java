package dev.pitot.lab.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.tool.ToolSelection.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolSelectionTest {
    /// An end as `name: programs* preferred`, where a star follows what is preferred.
    private static End end(String name, String programs) {
        List<InstalledTool> found = new ArrayList<>();
        EngineKind preferred = null;
        for (String word : programs.strip().split("\\s+", -1)) {
            String program = word.replace("*", "");
            for (EngineKind kind : EngineKind.values()) {
                if (kind.program().equals(program.replace("!", ""))) {
                    preferred = word.equals(program) ? preferred : kind;
                    if (!program.endsWith("!")) {
                        found.add(new InstalledTool(kind, kind.program(), null));
                    }
                }
            }
        }
        return new End(node(name, preferred), InstalledTools.known(found));
    }

    private static Node node(String name, @Nullable EngineKind preferred) {
        return new Node(
                name,
                OperatingSystem.LINUX,
                new ConnectionSettings.Local(),
                new Node.Traffic("10.0.0.1", null),
                new Node.Tools(preferred, Map.of(), Map.of()),
                Node.Control.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                pitot iperf3 iperf   | pitot iperf3 iperf   | pitot  | pitot
                iperf3 iperf         | pitot iperf3 iperf   | iperf3 | iperf3
                iperf                | pitot iperf3 iperf   | iperf  | iperf
                pitot                | iperf3               | pitot  | iperf3
                iperf3               | pitot                | iperf3 | pitot
                pitot iperf          | iperf3 iperf         | iperf  | iperf
                pitot iperf3* iperf  | pitot iperf3 iperf   | iperf3 | iperf3
                pitot iperf3 iperf   | pitot iperf3 iperf*  | iperf  | iperf
                pitot* iperf3        | pitot iperf3*        | pitot  | iperf3
                pitot iperf3 iperf*  | pitot iperf3         | pitot  | pitot
                pitot* iperf         | pitot iperf*         | pitot  | pitot
                """)
    void nodesUseWhatTheyPreferThenWhatTheyHaveInCommon(String client, String server, String there, String here) {
        ToolSelection choice = ToolSelection.of(end("a", client), end("b", server), null);

        assertThat(choice.client().path()).isEqualTo(there);
        assertThat(choice.server().path()).isEqualTo(here);
    }

    @Test
    void whatTheTestTellsIsUsed() {
        ToolSelection choice = ToolSelection.of(end("a", "pitot iperf"), end("b", "pitot* iperf"), EngineKind.IPERF2);

        assertThat(choice.client().kind()).isEqualTo(EngineKind.IPERF2);
        assertThat(choice.server().kind()).isEqualTo(EngineKind.IPERF2);
    }

    @Test
    void whatIsMissingIsTold() {
        assertThatThrownBy(() -> ToolSelection.of(end("a", "iperf"), end("b", "pitot iperf3"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a' has iperf and 'b' has pitot, iperf3, which cannot test together: install iperf3 or"
                        + " Pitot on both, or give its path under 'programs'");
        assertThatThrownBy(() -> ToolSelection.of(end("a", "iperf"), end("b", ""), EngineKind.IPERF2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'b' has no iperf (it has none of pitot, iperf3 and iperf): install it there, or give its"
                        + " path under 'programs'");
    }
}
