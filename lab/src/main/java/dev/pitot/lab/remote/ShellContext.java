package dev.pitot.lab.remote;

import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import java.io.File;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a connection must know of its node to run commands there.
///
/// @param node what the plan calls it
/// @param system what it runs, which decides how arguments are quoted
/// @param environment added to that of the commands; `PATH` and `LD_LIBRARY_PATH` are put before
///     what is there
/// @param timeouts how long the node may take
public record ShellContext(
        String node, OperatingSystem system, Map<String, String> environment, NodeTimeouts timeouts) {
    static final String PATH = "PATH";

    private static final Set<String> PUT_BEFORE = Set.of(PATH, "LD_LIBRARY_PATH");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// @throws IllegalArgumentException if a variable's name is not letters, digits and `_`
    public ShellContext {
        environment = checked(environment);
    }

    /// A shell with the usual timeouts.
    public ShellContext(String node, OperatingSystem system, Map<String, String> environment) {
        this(node, system, environment, NodeTimeouts.DEFAULT);
    }

    static Map<String, String> checked(Map<String, String> environment) {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (!VARIABLE.matcher(variable.getKey()).matches()) {
                throw new IllegalArgumentException("not the name of a variable: " + variable.getKey());
            }
            if (variable.getValue().chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r')) {
                throw new IllegalArgumentException("a line break in the variable " + variable.getKey());
            }
        }
        return Map.copyOf(environment);
    }

    static boolean isPutBefore(String variable) {
        return PUT_BEFORE.contains(variable);
    }

    /// The value of a variable of this machine.
    static String combined(String variable, String added, String before) {
        return isPutBefore(variable) && !before.isEmpty() ? added + File.pathSeparator + before : added;
    }

    /// What messages call a connection.
    ///
    /// @param node what the plan calls the node
    /// @param transport how it is reached, such as `ssh root@phoridfly`
    record ConnectionLabel(String node, String transport) {
        String text() {
            return node + " (" + transport + ")";
        }
    }
}
