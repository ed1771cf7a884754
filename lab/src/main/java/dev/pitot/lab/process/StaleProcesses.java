package dev.pitot.lab.process;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.ListedProcess;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Ends what earlier sessions, or anybody, left running on a node. Immutable.
///
/// @param commands of the node
/// @param node its name: of what sessions have left, only that of this node is taken
public record StaleProcesses(NodeCommands commands, String node) {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration KILLING = Duration.ofSeconds(5);
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final String NOTES =
            "cd \"$1\" || exit 0; for f in pitot-lab-*.pid; do if [ -O \"$f\" ]; then echo \"$f\"; fi; done";
    private static final String RUNNING = "for q in \"$@\"; do l=; { read -r l </proc/$q/stat; } 2>/dev/null;"
            + " l=${l##*) }; [ \"$l\" ] || l=$(ps -o stat= -p $q 2>/dev/null);"
            + " case $l in ''|Z*|X*) ;; *) echo $q;; esac; done"; // one that has ended is listed until its parent
    // notices
    private static final String EXTENSION = ".exe";

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
    ///     [Node.StaleProcessPolicy#ALL], which ends a process if its program's base name is exactly one
    ///     of these. A Pitot on Java is not found so: its process is called `java`
    /// @param spared processes of sessions that are left alone: those that the running session
    ///     still needs
    /// @throws ConnectionException if the node cannot be reached, or a process survives: then all
    ///     others were ended nevertheless
    public Report end(Node.StaleProcessPolicy which, List<String> programs, Predicate<ProcessTag> spared)
            throws ConnectionException, InterruptedException {
        if (!OsAdapter.of(commands.system()).runsCommands()) {
            return untouched("leftovers on " + node + " are left alone, since it runs no commands");
        }
        return switch (which) {
            case NONE -> untouched("leftovers on " + node + " are left alone, as the plan says");
            case OURS ->
                commands.isPosix()
                        ? endOurs(spared)
                        : untouched("earlier sessions' processes are not found on Windows: say 'leftovers: all' to end"
                                + " every '" + node + "' process of the measuring programs");
            case ALL -> endAll(programs);
        };
    }

    private static Report untouched(String sentence) {
        return new Report(0, 0, List.of(sentence));
    }

    private Report endOurs(Predicate<ProcessTag> spared) throws ConnectionException, InterruptedException {
        List<ProcessTag> marks = new ArrayList<>();
        for (String name : commands.run(ShellScripts.words(NOTES, List.of(commands.temporaryFolder())))
                .out()) {
            ProcessTag tag = ProcessTag.ofFileName(name.strip());
            if (tag != null && tag.node().equals(node) && !spared.test(tag)) {
                marks.add(tag);
            }
        }
        Count count = end(commands, marks);
        require(count.survivors());
        return new Report(
                count.ended(),
                count.killed(),
                List.of(sentence("processes of earlier sessions", count.ended(), count.killed())));
    }

    /// Of programs with notes.
    record Count(int ended, int killed, List<String> survivors) {}

    /// Ends programs by their notes.
    static Count end(NodeCommands commands, List<ProcessTag> marks) throws ConnectionException, InterruptedException {
        int ended = 0;
        int killed = 0;
        List<String> survivors = new ArrayList<>();
        for (ProcessTag tag : marks) {
            NodePidFile.Result result = new NodePidFile(commands, tag).end(GRACE, () -> false);
            ended += result.ended() == TerminationResult.TERMINATED || result.ended() == TerminationResult.KILLED
                    ? 1
                    : 0;
            killed += result.ended() == TerminationResult.KILLED ? 1 : 0;
            if (result.ended() == TerminationResult.SURVIVED) {
                survivors.add(result.survivors());
            }
        }
        return new Count(ended, killed, survivors);
    }

    private Report endAll(List<String> programs) throws ConnectionException, InterruptedException {
        int ended = 0;
        int killed = 0;
        List<String> sentences = new ArrayList<>();
        List<String> survivors = new ArrayList<>();
        for (String program : new LinkedHashSet<>(
                programs.stream().map(StaleProcesses::baseName).toList())) {
            Set<Long> found = list(program);
            send(false, found);
            Set<Long> stubborn = remaining(program, found, GRACE);
            send(true, stubborn);
            Set<Long> left = remaining(program, stubborn, KILLING);
            left.forEach(pid -> survivors.add(node + " still runs '" + program + "' (process " + pid
                    + "), which cannot be ended: end it by hand there, or restart the node"));
            ended += found.size() - left.size();
            killed += stubborn.size() - left.size();
            sentences.add(sentence("'" + program + "' processes", found.size() - left.size(), stubborn.size()));
        }
        require(survivors);
        return new Report(ended, killed, sentences.isEmpty() ? List.of("no programs to end on " + node) : sentences);
    }

    private static String baseName(String program) {
        String base = program.substring(Math.max(program.lastIndexOf('\\'), program.lastIndexOf('/')) + 1);
        return base.toLowerCase(Locale.ROOT).endsWith(EXTENSION)
                ? base.substring(0, base.length() - EXTENSION.length())
                : base;
    }

    /// The numbers of the processes that run a program, whoever started them.
    Set<Long> list(String program) throws ConnectionException, InterruptedException {
        List<ListedProcess> all = commands.query(OsAdapter.of(commands.system()).processes());
        if (all == null) {
            throw new ConnectionException(commands.connection().name()
                    + " does not list its processes: end what is left there by hand, or say 'leftovers: none'");
        }
        var found = new TreeSet<Long>();
        all.stream().filter(each -> each.runs(program)).forEach(each -> found.add(each.pid()));
        if (!found.isEmpty() && commands.isPosix()) {
            List<String> numbers = found.stream().map(String::valueOf).toList();
            List<String> running = commands.run(ShellScripts.words(RUNNING, numbers)).out().stream()
                    .map(String::strip)
                    .toList();
            found.removeIf(pid -> !running.contains(pid.toString()));
        }
        return found;
    }

    private void send(boolean isForced, Set<Long> pids) throws ConnectionException, InterruptedException {
        if (!pids.isEmpty()) { // one that is gone by now makes the command fail: the next list tells
            commands.run(OsAdapter.of(commands.system()).end(isForced, List.copyOf(pids)));
        }
    }

    /// Those of some processes that are still there when patience is over, or none before.
    private Set<Long> remaining(String program, Set<Long> some, Duration timeout)
            throws ConnectionException, InterruptedException {
        var backoff = new Backoff(commands.clock(), FIRST_LOOK, timeout);
        var left = new TreeSet<>(some);
        while (!left.isEmpty()) {
            left.retainAll(list(program));
            if (!left.isEmpty() && !backoff.await()) {
                break;
            }
        }
        return left;
    }

    private String sentence(String what, int ended, int killed) {
        if (ended == 0) {
            return "no " + what + " found on " + node;
        }
        String count = what + " on " + node + ": " + ended + " ended";
        return killed == 0 ? count : count + ", " + killed + " of them had to be killed";
    }

    private static void require(List<String> survivors) throws ConnectionException {
        if (!survivors.isEmpty()) {
            throw new ConnectionException(String.join("; ", survivors));
        }
    }
}
