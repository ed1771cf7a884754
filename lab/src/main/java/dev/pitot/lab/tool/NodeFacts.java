package dev.pitot.lab.tool;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.ConnectionException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node's answers about itself, from one command there.
///
/// @param node whose they are
/// @param kernel `uname -srm`; empty if it is not known
/// @param programs what can measure there
/// @param addresses of its test interface, the best first; empty if it has none, or was not asked
/// @param missing those of the programs asked for that it has not; on Windows it is not asked
public record NodeFacts(
        Node node, String kernel, InstalledTools programs, List<InetAddress> addresses, Set<String> missing) {
    /// The first 20 lines: whatever has the name of such a program may write without end.
    private static final String VERSION = "n=0; \"$0\" --version 2>&1 | while [ $n -lt 20 ] &&"
            + " { IFS= read -r l || [ -n \"$l\" ]; }; do echo \"$l\"; n=$((n+1)); done";

    private static final String MISSING = "command -v sh >/dev/null 2>&1 || exit 0;"
            + " for p in \"$@\"; do command -v \"$p\" >/dev/null 2>&1 || echo \"$p\"; done";

    public NodeFacts {
        addresses = List.copyOf(addresses);
        missing = Set.copyOf(missing);
    }

    /// Asks a node.
    ///
    /// @param commands of the node; null for one that must not be touched, of which only an address that
    ///     the plan gives is known
    /// @param required names of programs
    /// @throws ConnectionException if it cannot be asked
    public static NodeFacts of(Node node, @Nullable NodeCommands commands, Collection<String> required)
            throws ConnectionException, InterruptedException {
        if (commands == null) {
            return new NodeFacts(node, "", InstalledTools.known(List.of()), List.of(), Set.of());
        }
        boolean isPosix = commands.system() != OperatingSystem.WINDOWS;
        Query<List<InetAddress>> addresses = addresses(node, commands.system());
        List<List<String>> questions = new ArrayList<>();
        for (EngineKind kind : EngineKind.values()) {
            String path = InstalledTools.path(node, kind);
            questions.add(isPosix ? List.of("sh", "-c", VERSION, path) : List.of(path, "--version"));
        }
        addresses.commands().forEach(way -> questions.add(way.command()));
        if (isPosix) {
            questions.add(List.of("uname", "-srm"));
            questions.add(missing(required));
        }
        var answers = commands.runAll(questions).iterator();
        InstalledTools programs = InstalledTools.identified(node, _ -> String.join("\n", answers.next()));
        List<InetAddress> found = addresses.commands().stream()
                .map(way -> way.reader().read(String.join("\n", answers.next())))
                .filter(Objects::nonNull)
                .reduce((first, _) -> first)
                .orElse(List.of());
        String kernel = isPosix ? String.join("", answers.next()) : "";
        Set<String> missing = isPosix ? among(required, answers.next()) : Set.of();
        return new NodeFacts(node, kernel, programs, found, missing);
    }

    private static Query<List<InetAddress>> addresses(Node node, OperatingSystem system) throws ConnectionException {
        String name = node.traffic().networkInterface();
        if (node.traffic().address() != null || name == null) {
            return new Query<>(List.of());
        }
        try {
            return OsAdapter.of(system).addresses(name);
        } catch (IllegalArgumentException e) { // no name of an interface
            throw new ConnectionException("'" + node.name() + "': " + e.getMessage(), e);
        }
    }

    /// Those of the programs asked for that a machine with a POSIX shell has not.
    public static Set<String> missing(NodeCommands commands, Collection<String> required)
            throws ConnectionException, InterruptedException {
        return required.isEmpty()
                ? Set.of()
                : among(required, commands.run(missing(required)).out());
    }

    private static List<String> missing(Collection<String> required) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", MISSING, "sh"));
        command.addAll(required);
        return command;
    }

    private static Set<String> among(Collection<String> required, List<String> answer) {
        Set<String> missing = new LinkedHashSet<>(required);
        missing.retainAll(answer);
        return missing;
    }

    /// How a program of a kind is called there.
    public String path(EngineKind kind) {
        return InstalledTools.path(node, kind);
    }

    /// The address that the node's test traffic goes to, which is often another than that of control:
    /// the plan's, or that of the test interface.
    ///
    /// @return a literal address
    /// @throws ConnectionException if there is none, with what to do
    public String address() throws ConnectionException {
        String given = node.traffic().address();
        String networkInterface = node.traffic().networkInterface();
        if (given != null) {
            return literal(given);
        }
        if (!addresses.isEmpty()) {
            return addresses.getFirst().getHostAddress();
        }
        if (networkInterface == null || node.isUntouched()) {
            throw new ConnectionException("'" + node.name() + "' has no test address: give it 'address'"
                    + (node.isUntouched() ? ", since it must not be asked" : " or 'interface'"));
        }
        throw new ConnectionException("'" + node.name() + "' reports no address of its interface '" + networkInterface
                + "': check the interface's name, that it is up, or give 'address'");
    }

    private String literal(String given) throws ConnectionException {
        try {
            InetAddress address = InetAddress.ofLiteral(given);
            if (!address.isAnyLocalAddress() && !address.isMulticastAddress()) {
                return given;
            }
        } catch (IllegalArgumentException _) { // reported below
        }
        throw new ConnectionException("address '" + given + "' of '" + node.name()
                + "' is no address of a machine: write one such as 192.168.1.20 or fd00::20");
    }
}
