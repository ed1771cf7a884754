package dev.pitot.lab.remote;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.os.OsAdapter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One line for a shell that runs one command with its arguments as they are, whatever is in
/// them.
final class ShellQuoting {
    private ShellQuoting() {}

    /// The command and its environment, for the shell of the node's system: POSIX, or `cmd` of
    /// Windows.
    ///
    /// @throws ConnectionException if the shell cannot be given an argument
    static String line(ShellContext shell, List<String> command) throws ConnectionException {
        String variables =
                shell.system() == OperatingSystem.WINDOWS ? cmdVariables(shell) : posixVariables(shell.environment());
        try {
            return variables + OsAdapter.of(shell.system()).commandLine(command);
        } catch (IllegalArgumentException e) {
            throw new ConnectionException(shell.node() + ": " + e.getMessage(), e);
        }
    }

    /// Words for a POSIX shell that none of them is special to.
    static String posix(String... words) {
        return OsAdapter.of(OperatingSystem.LINUX).commandLine(List.of(words));
    }

    static String posixVariables(Map<String, String> environment) {
        var line = new StringBuilder();
        new TreeMap<>(environment).forEach((name, value) -> {
            line.append("export ").append(name).append('=').append(posix(value));
            if (ShellContext.isPutBefore(name)) {
                line.append("\"${").append(name).append(":+:$").append(name).append("}\"");
            }
            line.append("; ");
        });
        return line.toString();
    }

    private static String cmdVariables(ShellContext shell) throws ConnectionException {
        var line = new StringBuilder();
        for (Map.Entry<String, String> variable : new TreeMap<>(shell.environment()).entrySet()) {
            String name = variable.getKey();
            String value = variable.getValue();
            if (value.indexOf('"') >= 0 || value.indexOf('%') >= 0) {
                throw new ConnectionException(
                        shell.node() + ": cmd of Windows cannot be given \" or % in the variable " + name);
            }
            String before = ShellContext.isPutBefore(name) ? ";%" + name + "%" : "";
            line.append("set \"")
                    .append(name)
                    .append('=')
                    .append(value)
                    .append(before)
                    .append("\"&& ");
        }
        return line.toString();
    }
}
