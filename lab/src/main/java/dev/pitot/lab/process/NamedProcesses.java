package dev.pitot.lab.process;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.system.Ending;
import dev.pitot.lab.system.ListedProcess;
import dev.pitot.lab.system.SystemRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Processes of a node that are found by their program's name, whoever started them. Immutable.
///
/// @param commands of the node
record NamedProcesses(NodeCommands commands) {
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
    private static final String EXTENSION = ".exe";

    /// What was ended.
    ///
    /// @param ended that were there, those included that had to be killed
    /// @param killed that had to be killed
    /// @param survivors their numbers, ascending
    record Tally(int ended, int killed, Set<Long> survivors) {}

    /// The name that a program is listed by: without folder and `.exe`.
    static String baseName(String program) {
        String base = program.substring(Math.max(program.lastIndexOf('\\'), program.lastIndexOf('/')) + 1);
        return base.toLowerCase(Locale.ROOT).endsWith(EXTENSION)
                ? base.substring(0, base.length() - EXTENSION.length())
                : base;
    }

    /// The numbers of those that run a program.
    ///
    /// @param program its base name, the whole of it
    /// @throws ConnectionException if the node cannot be reached or does not list its processes
    Set<Long> list(String program) throws ConnectionException, InterruptedException {
        List<ListedProcess> all = commands.ask(SystemRules.of(commands.system()).processes());
        if (all == null) {
            throw new ConnectionException(commands.connection().name()
                    + " does not list its processes: end what is left there by hand, or say 'leftovers: none'");
        }
        var found = new TreeSet<Long>();
        for (ListedProcess each : all) {
            if (each.runs(program)) {
                found.add(each.pid());
            }
        }
        return found.isEmpty() || !commands.isPosix() ? found : running(found);
    }

    private Set<Long> running(Set<Long> pids) throws ConnectionException, InterruptedException {
        List<String> numbers = pids.stream().map(String::valueOf).toList();
        Set<String> running =
                Set.copyOf(commands.run(Scripts.words(Scripts.RUNNING, numbers)).out());
        var left = new TreeSet<>(pids);
        left.removeIf(pid -> !running.contains(pid.toString()));
        return left;
    }

    /// Ends all that run a program: asks them to, waits, kills them, waits.
    ///
    /// @param patience between asking and killing
    Tally end(String program, Duration patience) throws ConnectionException, InterruptedException {
        Set<Long> found = list(program);
        if (found.isEmpty()) {
            return new Tally(0, 0, Set.of());
        }
        send(Ending.ASKED, found);
        Set<Long> stubborn = remaining(program, found, patience);
        if (stubborn.isEmpty()) {
            return new Tally(found.size(), 0, Set.of());
        }
        send(Ending.FORCED, stubborn);
        Set<Long> survivors = remaining(program, stubborn, KILL_PATIENCE);
        return new Tally(found.size() - survivors.size(), stubborn.size() - survivors.size(), survivors);
    }

    private void send(Ending how, Set<Long> pids) throws ConnectionException, InterruptedException {
        // one that is gone by now makes the command fail, and is none of our trouble: the next
        // list tells
        commands.run(SystemRules.of(commands.system()).end(how, List.copyOf(pids)));
    }

    /// Those of some processes that are still there when patience is over, or none before.
    private Set<Long> remaining(String program, Set<Long> some, Duration patience)
            throws ConnectionException, InterruptedException {
        var polling = new Polling(commands.clock(), FIRST_LOOK, patience);
        while (true) {
            Set<Long> left = list(program);
            left.retainAll(some);
            if (left.isEmpty() || !polling.again()) {
                return left;
            }
        }
    }
}
