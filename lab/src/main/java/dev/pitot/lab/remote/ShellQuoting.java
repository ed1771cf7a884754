package dev.pitot.lab.remote;

import dev.pitot.lab.os.OperatingSystem;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// One line for a shell that runs one command with its arguments as they are, whatever is in
/// them.
final class ShellQuoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern PLAIN_FOR_CMD = Pattern.compile("[A-Za-z0-9_@+=:./\\\\-]+");
    private static final String META_OF_CMD = "()%!^\"<>&|";

    private ShellQuoting() {}

    /// The command and its environment, for the shell of the node's system: POSIX, or `cmd` of
    /// Windows.
    ///
    /// @throws ConnectionException if the shell cannot be given an argument
    static String line(ShellContext shell, List<String> command) throws ConnectionException {
        for (String argument : command) {
            if (argument.indexOf('\0') >= 0) {
                throw new ConnectionException(shell.node() + ": no argument of a command can hold a NUL character");
            }
        }
        return shell.system() == OperatingSystem.WINDOWS
                ? cmdVariables(shell) + cmd(shell.node(), command)
                : posixVariables(shell.environment()) + posix(command);
    }

    /// Words in single quotes where they need it, as POSIX.1-2017, Shell Command Language,
    /// section 2.2.2, has them.
    static String posix(List<String> command) {
        var line = new StringJoiner(" ");
        command.forEach(word -> line.add(posix(word)));
        return line.toString();
    }

    static String posix(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
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

    /// Words for the C runtime's rules in double quotes; then every character that `cmd` would
    /// take for its own gets its `^`, so that `cmd` never sees a quote.
    private static String cmd(String node, List<String> command) throws ConnectionException {
        var line = new StringJoiner(" ");
        for (String word : command) {
            if (word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0) {
                throw new ConnectionException(
                        node + ": cmd of Windows cannot be given an argument with a line break: " + word.strip());
            }
            line.add(PLAIN_FOR_CMD.matcher(word).matches() ? word : escaped(quoted(word)));
        }
        return line.toString();
    }

    private static String quoted(String word) {
        var text = new StringBuilder("\"");
        int backslashes = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\') {
                backslashes++;
            } else {
                text.repeat('\\', c == '"' ? backslashes * 2 + 1 : backslashes);
                text.append(c);
                backslashes = 0;
            }
        }
        return text.repeat('\\', backslashes * 2).append('"').toString();
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (META_OF_CMD.indexOf(c) >= 0) {
                escaped.append('^');
            }
            escaped.append(c);
        }
        return escaped.toString();
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
