package dev.pitot.lab.process;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts for PowerShell 5 and later, handed over in Base64, so that no shell on the way has
/// anything to quote. Processes are known by pid and creation date, never by the image's name.
final class WindowsScripts {
    private static final String START = ShellScripts.read("start.ps1");
    private static final String END = ShellScripts.read("end.ps1");

    private WindowsScripts() {}

    /// The command that starts a program, notes its process, and exits as it does.
    static List<String> start(String note, String tag, List<String> command) {
        String arguments =
                command.stream().skip(1).map(WindowsScripts::argument).collect(Collectors.joining(" "));
        return words(START.formatted(
                note,
                tag,
                literal(command.getFirst()),
                arguments.isEmpty() ? "" : " -ArgumentList " + literal(arguments)));
    }

    /// The command that ends a noted process and all that it has started, with the answers of
    /// [ShellScripts#end].
    ///
    /// @param tenths of seconds between asking and forcing
    /// @param noteTenths how long its note may take to come
    static List<String> end(String note, long tenths, long noteTenths) {
        return words(END.formatted(note, noteTenths, tenths));
    }

    private static List<String> words(String script) {
        String encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
        return List.of("powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// An argument for the C runtime's rules: backslashes are doubled before a quote only.
    private static String argument(String text) {
        return "\"" + text.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1") + "\"";
    }
}
