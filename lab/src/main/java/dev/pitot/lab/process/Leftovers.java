package dev.pitot.lab.process;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.system.SystemRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/// Ends what earlier sessions, or anybody, left running on a node. Immutable.
///
/// @param commands of the node
/// @param node its name: of what sessions have left, only that of this node is taken
public record Leftovers(NodeCommands commands, String node) {
    private static final Duration TERM_PATIENCE = Duration.ofSeconds(2);

    /// What was done.
    ///
    /// @param ended how many processes were ended, those included that had to be killed
    /// @param killed how many had to be killed
    /// @param sentences for the log: at least one
    public record Report(int ended, int killed, List<String> sentences) {
        public Report {
            sentences = List.copyOf(sentences);
        }
    }

    /// Ends leftovers.
    ///
    /// @param which of them
    /// @param programs how measuring programs are called on the node, with or without folder: for
    ///     [Node.Leftovers#ALL], which ends a process if its program's base name is exactly one
    ///     of these. A Pitot on Java is not found so: its process is called `java`
    /// @param spared processes of sessions that are left alone: those that the running session
    ///     still needs
    /// @throws ConnectionException if the node cannot be reached, or a process survives: then all
    ///     others were ended nevertheless
    public Report end(Node.Leftovers which, List<String> programs, Predicate<Mark> spared)
            throws ConnectionException, InterruptedException {
        if (!SystemRules.of(commands.system()).runsCommands()) {
            return new Report(0, 0, List.of("leftovers on " + node + " are left alone, since it runs no commands"));
        }
        return switch (which) {
            case NONE -> new Report(0, 0, List.of("leftovers on " + node + " are left alone, as the plan says"));
            case OURS -> endOurs(spared);
            case ALL -> endAll(programs);
        };
    }

    private Report endOurs(Predicate<Mark> spared) throws ConnectionException, InterruptedException {
        if (!commands.isPosix()) {
            return new Report(
                    0,
                    0,
                    List.of("earlier sessions leave no notes on Windows: say 'leftovers: all' to end every '" + node
                            + "' process of the measuring programs"));
        }
        int ended = 0;
        int killed = 0;
        List<String> survivors = new ArrayList<>();
        for (String name : files()) {
            Mark mark = Mark.ofFileName(name);
            if (mark == null || !mark.node().equals(node) || spared.test(mark)) {
                continue;
            }
            Ended how = PidFile.of(commands, mark).end(TERM_PATIENCE, () -> false);
            switch (how) {
                case BY_ITSELF -> {} // nothing ran any more: only the note is gone
                case TERMINATED -> ended++;
                case KILLED -> {
                    ended++;
                    killed++;
                }
                case SURVIVED -> survivors.add(mark.role() + " of session " + mark.session());
            }
        }
        require(survivors);
        return new Report(ended, killed, List.of(sentence("processes of earlier sessions", ended, killed)));
    }

    private List<String> files() throws ConnectionException, InterruptedException {
        return commands
                .run(Scripts.words(Scripts.LIST, List.of(commands.temporaryFolder(), Mark.pattern(node))))
                .out()
                .stream()
                .map(String::strip)
                .toList();
    }

    private Report endAll(List<String> programs) throws ConnectionException, InterruptedException {
        int ended = 0;
        int killed = 0;
        List<String> sentences = new ArrayList<>();
        List<String> survivors = new ArrayList<>();
        var named = new NamedProcesses(commands);
        for (String program : new LinkedHashSet<>(
                programs.stream().map(NamedProcesses::baseName).toList())) {
            NamedProcesses.Tally tally = named.end(program, TERM_PATIENCE);
            ended += tally.ended();
            killed += tally.killed();
            tally.survivors().forEach(pid -> survivors.add("'" + program + "' (process " + pid + ")"));
            sentences.add(sentence("'" + program + "' processes", tally.ended(), tally.killed()));
        }
        require(survivors);
        if (sentences.isEmpty()) {
            sentences.add("no programs to end on " + node);
        }
        return new Report(ended, killed, sentences);
    }

    private String sentence(String what, int ended, int killed) {
        if (ended == 0) {
            return "no " + what + " found on " + node;
        }
        String count = what + " on " + node + ": " + ended + " ended";
        return killed == 0 ? count : count + ", " + killed + " of them had to be killed";
    }

    private void require(List<String> survivors) throws ConnectionException {
        if (!survivors.isEmpty()) {
            throw new ConnectionException(node + " still runs " + String.join(", ", survivors)
                    + " even though it was killed: restart the node or end it by hand");
        }
    }
}
