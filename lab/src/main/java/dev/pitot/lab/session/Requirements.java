package dev.pitot.lab.session;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.plan.Monitor;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.Variable;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.tool.NodeFacts;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The programs that a plan needs on its nodes and on this machine, and what needs each. Immutable;
/// any thread may use it.
public final class Requirements {
    /// The name of this machine, which hooks without a node run on.
    private static final String HERE = "";

    private static final String PLAIN_NAME = "[A-Za-z0-9._+-]+"; // of no folder and without a placeholder
    /// Programs that do in the place of another.
    private static final Map<String, String> INSTEAD = Map.of("iw", "iwconfig");

    private final Map<String, Map<String, Set<String>>> hooks = new LinkedHashMap<>();
    private final Map<String, Map<String, Set<String>>> monitors = new LinkedHashMap<>();
    private final Map<String, Map<EngineKind, Set<String>>> engines = new LinkedHashMap<>();

    private Requirements() {}

    /// Those of a plan.
    public static Requirements of(Plan plan) {
        var all = new Requirements();
        plan.fixtures().hooks().forEach(hook -> all.add(hook, plan));
        for (Variable variable : plan.fixtures().variables()) {
            variable.set().forEach(hook -> all.add(hook, plan));
        }
        for (Monitor monitor : plan.fixtures().monitors()) {
            Node node = plan.nodes().get(monitor.node());
            String program = node == null ? null : program(monitor, node.system());
            String who = "the monitor " + monitor.kind().name().toLowerCase(Locale.ROOT);
            add(all.monitors, monitor.node(), program, who);
        }
        for (TestCase test : plan.cases()) {
            EngineKind kind = test.engine();
            for (String node : List.of(test.pair().node(), test.pair().peer())) {
                if (kind != null) {
                    all.engines
                            .computeIfAbsent(node, _ -> new EnumMap<>(EngineKind.class))
                            .computeIfAbsent(kind, _ -> new LinkedHashSet<>())
                            .add("the test " + test.spec().test());
                }
            }
        }
        return all;
    }

    private void add(Hook hook, Plan plan) {
        String who = "a hook of " + hook.moment().name().toLowerCase(Locale.ROOT);
        switch (hook) {
            case Hook.Command command -> {
                String node = command.node();
                add(hooks, node == null ? HERE : node, command.command().getFirst(), who);
            }
            case Hook.PingGate gate when gate.node() != null -> add(hooks, gate.node(), "ping", who);
            case Hook.PingGate _ ->
                plan.cases().forEach(test -> add(hooks, test.pair().node(), "ping", who));
            case Hook.Http _, Hook.Pause _ -> {}
        }
    }

    private static @Nullable String program(Monitor monitor, OperatingSystem system) {
        return switch (monitor.kind()) {
            case PING -> "ping";
            case SIGNAL -> system == OperatingSystem.LINUX ? "iw" : null;
            case FOLLOW_FILE -> "tail";
            case FOLLOW_COMMAND -> monitor.arguments().getFirst();
            case LOGCAT -> "logcat";
            case NET_DEV, CPU, BATTERY -> null; // files of the system
        };
    }

    private static void add(
            Map<String, Map<String, Set<String>>> all, String node, @Nullable String program, String who) {
        if (program != null && program.matches(PLAIN_NAME)) {
            all.computeIfAbsent(node, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(program, _ -> new LinkedHashSet<>())
                    .add(who);
        }
    }

    /// The programs that hooks and monitors need on a node, and those that would do in their place:
    /// what a device has to be asked for.
    public Set<String> programs(String node) {
        Set<String> programs =
                new LinkedHashSet<>(hooks.getOrDefault(node, Map.of()).keySet());
        programs.addAll(monitors.getOrDefault(node, Map.of()).keySet());
        INSTEAD.forEach((program, instead) -> {
            if (programs.contains(program)) {
                programs.add(instead);
            }
        });
        return programs;
    }

    /// Sentences about the programs that hooks need on a node and that it has not: without them a
    /// session cannot begin.
    public List<String> missingForHooks(NodeFacts facts) {
        return missing(hooks, facts.node().name(), facts.missing());
    }

    /// Sentences about the programs that monitors and tests need on a node and that it has not:
    /// without them the node's tests fail.
    public List<String> missingForTests(NodeFacts facts) {
        Node node = facts.node();
        List<String> sentences = new ArrayList<>(missing(monitors, node.name(), facts.missing()));
        if (!node.isUntouched()) {
            engines.getOrDefault(node.name(), Map.of()).forEach((kind, who) -> {
                if (facts.programs().of(kind) == null) {
                    sentences.add(sentence(node.name(), facts.path(kind), who));
                }
            });
        }
        return sentences;
    }

    /// Sentences about the programs that a test and the monitors beside it need on one of its nodes and that
    /// it has not.
    List<String> missingFor(TestCase test, NodeFacts facts) {
        Node node = facts.node();
        List<String> sentences = new ArrayList<>(missing(monitors, node.name(), facts.missing()));
        EngineKind kind = test.engine();
        if (kind != null && !node.isUntouched() && facts.programs().of(kind) == null) {
            sentences.add(sentence(
                    node.name(),
                    facts.path(kind),
                    Set.of("the test " + test.spec().test())));
        }
        return sentences;
    }

    /// Sentences about the programs that hooks need on this machine and that it has not; on Windows
    /// it is not asked.
    ///
    /// @param here runs commands on this machine
    public List<String> missingHere(NodeConnection here) throws ConnectionException, InterruptedException {
        return File.separatorChar == '\\'
                ? List.of()
                : missing(
                        hooks, HERE, NodeFacts.missing(new NodeCommands(here, OperatingSystem.LINUX), programs(HERE)));
    }

    private static List<String> missing(
            Map<String, Map<String, Set<String>>> all, String node, Collection<String> missing) {
        Predicate<String> isMissing = program ->
                missing.contains(program) && (!INSTEAD.containsKey(program) || missing.contains(INSTEAD.get(program)));
        List<String> sentences = new ArrayList<>();
        all.getOrDefault(node, Map.of()).forEach((program, who) -> {
            if (isMissing.test(program)) {
                sentences.add(sentence(node, program, who));
            }
        });
        return sentences;
    }

    private static String sentence(String node, String program, Set<String> who) {
        return (node.equals(HERE) ? "this machine" : "'" + node + "'") + " has no " + program + ", which "
                + String.join(", ", who) + (who.size() == 1 ? " needs" : " need")
                + ": install it there, or give its path";
    }
}
