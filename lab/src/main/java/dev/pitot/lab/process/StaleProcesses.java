package dev.pitot.lab.process;

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

/// What anybody has left running on a node. Immutable; any thread may use it.
///
/// @param commands of the node
/// @param node its name, for sentences
public record StaleProcesses(NodeCommands commands, String node) {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration KILLING = Duration.ofSeconds(5);
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final String RUNNING = "for q in \"$@\"; do l=; { read -r l </proc/$q/stat; } 2>/dev/null;"
            + " l=${l##*) }; [ \"$l\" ] || l=$(ps -o stat= -p $q 2>/dev/null);"
            + " case $l in ''|Z*|X*) ;; *) echo $q;; esac; done"; // one that has ended is listed until its parent
    // notices
    private static final String EXTENSION = ".exe";

    /// Ends every process of some programs, of any user and session; none on a system that runs no
    /// commands.
    ///
    /// @param programs how they are called on the node, with or without folder: a process is ended if its
    ///     program's base name is exactly one of these. A Pitot on Java is not found so: its process is
    ///     called `java`
    /// @return sentences for the log
    /// @throws ConnectionException if the node cannot be reached, or a process survives: then all others were
    ///     ended nevertheless
    public List<String> end(List<String> programs) throws ConnectionException, InterruptedException {
        List<String> sentences = new ArrayList<>();
        if (!OsAdapter.of(commands.system()).runsCommands()) {
            return sentences;
        }
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
            int ended = found.size() - left.size();
            if (ended > 0) {
                sentences.add("'" + program + "' processes on " + node + ": " + ended + " ended"
                        + (stubborn.isEmpty() ? "" : ", " + stubborn.size() + " of them had to be killed"));
            }
        }
        if (!survivors.isEmpty()) {
            throw new ConnectionException(String.join("; ", survivors));
        }
        return sentences;
    }

    private static String baseName(String program) {
        String base = program.substring(Math.max(program.lastIndexOf('\\'), program.lastIndexOf('/')) + 1);
        return base.toLowerCase(Locale.ROOT).endsWith(EXTENSION)
                ? base.substring(0, base.length() - EXTENSION.length())
                : base;
    }

    /// The numbers of the processes that run a program.
    Set<Long> list(String program) throws ConnectionException, InterruptedException {
        List<ListedProcess> all = commands.query(OsAdapter.of(commands.system()).processes());
        if (all == null) {
            throw new ConnectionException(commands.connection().name()
                    + " does not list its processes: end what is left there by hand, or set 'leftovers: none'");
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
        if (!pids.isEmpty()) { // one that is gone by now makes the command fail: the next list shows it
            commands.run(OsAdapter.of(commands.system()).end(isForced, List.copyOf(pids)));
        }
    }

    /// Those of some processes that are still there after the timeout; empty as soon as there are none.
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
}
