package dev.pitot.lab.tool;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The measuring programs that a node has. Immutable.
public final class InstalledTools {
    private static final Pattern IPERF2 = Pattern.compile("(?m)^iperf version (2\\.\\S*)");
    private static final Pattern IPERF3 = Pattern.compile("(?m)^iperf (3\\.\\S*)");
    private static final Pattern PITOT = Pattern.compile("(?m)^iperf (3\\.\\S*) \\(Pitot ");

    private final Map<EngineKind, InstalledTool> found;

    private InstalledTools(Map<EngineKind, InstalledTool> found) {
        this.found = new EnumMap<>(EngineKind.class);
        this.found.putAll(found);
    }

    /// Programs that are known without looking, as on a node that must not be touched.
    public static InstalledTools known(List<InstalledTool> programs) {
        var map = new EnumMap<EngineKind, InstalledTool>(EngineKind.class);
        programs.forEach(program -> map.put(program.kind(), program));
        return new InstalledTools(map);
    }

    /// How a program of a kind is called on a node.
    static String path(Node node, EngineKind kind) {
        return node.programs().paths().getOrDefault(kind, kind.program());
    }

    /// Those of a node that are what they are called.
    ///
    /// @param version what each kind prints when asked for its version; iperf 2 does so on standard error
    static InstalledTools identified(Node node, Function<EngineKind, String> version) {
        List<InstalledTool> programs = new ArrayList<>();
        for (EngineKind kind : EngineKind.values()) {
            InstalledTool program = identified(kind, path(node, kind), version.apply(kind));
            if (program != null) {
                programs.add(program);
            }
        }
        return known(programs);
    }

    /// The program with this version text; null if it is another one, or none. How it exited
    /// does not count: iperf 2 exits with 1.
    static @Nullable InstalledTool identified(EngineKind kind, String path, String version) {
        Pattern pattern = switch (kind) {
            case PITOT -> PITOT;
            case IPERF3 -> IPERF3;
            case IPERF2 -> IPERF2;
        };
        var matcher = pattern.matcher(version);
        return matcher.find() ? new InstalledTool(kind, path, ToolVersion.read(matcher.group(1))) : null;
    }

    /// The program of a kind; null if the node has none.
    public @Nullable InstalledTool of(EngineKind kind) {
        return found.get(kind);
    }

    /// Those that there are, Pitot first.
    public List<InstalledTool> all() {
        return List.copyOf(found.values());
    }
}
