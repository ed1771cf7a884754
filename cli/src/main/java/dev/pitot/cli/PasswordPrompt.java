package dev.pitot.cli;

import dev.pitot.model.text.SurrogateEscape;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal for a password and does not show what is typed (iperf_auth.c:
/// iperf_getpass). It is enough that the standard input is a terminal. Used by one thread.
final class PasswordPrompt {
    private static final String PROMPT = "Password: ";

    private final OutputStream err;

    /// @param err takes the prompt where the standard output is something else than the terminal
    PasswordPrompt(OutputStream err) {
        this.err = err;
    }

    /// What was typed, or null if nobody is there.
    @SuppressWarnings("SystemConsoleNull") // Java 25 does without a console again if not both ends are a terminal
    @Nullable String ask() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword(PROMPT);
            return typed == null ? null : new String(typed);
        }
        try {
            return askBesideRedirectedOutput();
        } catch (IOException _) { // no stty, hence nothing that Pitot could ask
            return null;
        }
    }

    /// Java's own console wants both ends to be the terminal. With `-J > file` only the input is.
    private @Nullable String askBesideRedirectedOutput() throws IOException {
        String settings = stty("-g");
        if (settings == null) {
            return null;
        }
        var restore = new Thread(() -> restore(settings)); // for whoever interrupts instead of typing
        Runtime.getRuntime().addShutdownHook(restore);
        try {
            stty("-echo");
            err.write(PROMPT.getBytes(StandardCharsets.US_ASCII));
            String typed = line(new FileInputStream(FileDescriptor.in));
            err.write('\n');
            return typed;
        } finally {
            restore(settings);
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    private static void restore(String settings) {
        try {
            stty(settings);
        } catch (IOException _) {
            // It worked a moment ago, and there is no other way.
        }
    }

    /// Has the terminal at the standard input set.
    ///
    /// @return what stty answers; null if there is no terminal
    private static @Nullable String stty(String setting) throws IOException {
        Process stty = new ProcessBuilder("stty", setting)
                .redirectInput(Redirect.INHERIT)
                .redirectError(Redirect.DISCARD)
                .start();
        String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return stty.onExit().join().exitValue() == 0 ? answer : null;
    }

    /// One line, and not a byte more than that.
    private static @Nullable String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return SurrogateEscape.decode(line.toByteArray());
    }
}
