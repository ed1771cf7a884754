package dev.pitot.lab.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts for POSIX shells (sh of Debian, Android, macOS, BusyBox): files beside this class, which
/// describe themselves. They use no here-documents, which need a writable folder on Android. What varies
/// comes as positional parameters, so that nothing is quoted.
final class ShellScripts {
    private static final String BECOME = read("become.sh");
    private static final String START = read("session.sh") + "\n" + read("start.sh");
    private static final String START_DETACHED = read("session.sh") + "\n" + read("start-detached.sh");
    private static final String END = read("end.sh");

    private ShellScripts() {}

    /// A script without its comments and indents: the fewer characters, the fewer a console types.
    static String read(String file) {
        try (InputStream in = ShellScripts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in this build of Pitot");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.startsWith("# "))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command that starts a program with a note and a tag.
    static List<String> start(boolean isDetached, String note, String tag, List<String> command) {
        List<String> parameters = new ArrayList<>(List.of(BECOME, note, tag));
        parameters.addAll(command);
        return words(isDetached ? START_DETACHED : START, parameters);
    }

    /// The command that ends a program or sends it a signal.
    ///
    /// @param what tenths of seconds until it is killed, or a signal
    /// @param noteTenths how long its note may take to come
    static List<String> end(String note, String tag, String what, long noteTenths) {
        return words(END, List.of(note, tag, what, Long.toString(noteTenths)));
    }

    /// The command that runs a script with parameters.
    static List<String> words(String script, List<String> parameters) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "pitot-lab"));
        words.addAll(parameters);
        return words;
    }
}
