package dev.pitot.lab.os;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words of commands: quoted for a shell, and checked where they come from a plan.
final class ShellArguments {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@,+-]+");
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,31}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9_.:%-]{0,254}");
    private static final String SPECIAL_TO_CMD = "()%!^\"<>&|";
    private static final long FIRST_PROCESS = 1;

    private ShellArguments() {}

    /// For a POSIX shell: between single quotes, in which nothing is special but themselves.
    static String posix(List<String> command) {
        return command.stream().map(ShellArguments::posixWord).collect(Collectors.joining(" "));
    }

    private static String posixWord(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a command cannot hold the character 0");
        }
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /// For Windows: first as programs take their command line apart (CommandLineToArgvW), then
    /// every character that is special to `cmd` behind a caret, so that `cmd` sees no quotes,
    /// operators or variables.
    static String windows(List<String> command) {
        return command.stream().map(ShellArguments::windowsWord).collect(Collectors.joining(" "));
    }

    private static String windowsWord(String word) {
        if (word.chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r')) {
            throw new IllegalArgumentException("a command for Windows cannot hold the end of a line");
        }
        boolean isPlain =
                word.indexOf(',') < 0 && PLAIN.matcher(word.replace("\\", "")).matches();
        String argument = isPlain ? word : windowsArgument(word);
        var line = new StringBuilder();
        argument.chars().forEach(c -> {
            if (SPECIAL_TO_CMD.indexOf(c) >= 0) {
                line.append('^');
            }
            line.append((char) c);
        });
        return line.toString();
    }

    /// In double quotes; backslashes are doubled where a double quote follows.
    private static String windowsArgument(String word) {
        var argument = new StringBuilder("\"");
        int backslashes = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"') {
                argument.repeat('\\', backslashes + 1);
            }
            argument.append(c);
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return argument.repeat('\\', backslashes).append('"').toString();
    }

    static String checkedInterface(String name) {
        if (!INTERFACE.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a network interface: " + name);
        }
        return name;
    }

    static String host(String name) {
        if (!HOST.matcher(name).matches()) {
            throw new IllegalArgumentException("neither the name nor the address of a host: " + name);
        }
        return name;
    }

    static int port(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port not in 1..65535: " + port);
        }
        return port;
    }

    /// The numbers of processes, each checked: `kill -TERM -1` would end everything.
    static List<String> pids(List<Long> pids) {
        if (pids.isEmpty() || pids.stream().anyMatch(pid -> pid <= FIRST_PROCESS)) {
            throw new IllegalArgumentException("not processes that may be ended: " + pids);
        }
        return pids.stream().map(String::valueOf).toList();
    }
}
