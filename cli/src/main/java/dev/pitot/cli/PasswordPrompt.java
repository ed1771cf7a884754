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

/// Prompts for a password at the terminal without echoing it (iperf_auth.c: iperf_getpass). Only
/// standard input must be a terminal. Used by one thread.
final class PasswordPrompt {
    private static final String PROMPT = "Password: ";

    private final OutputStream err;

    /// @param err receives the prompt if standard output is not the terminal
    PasswordPrompt(OutputStream err) {
        this.err = err;
    }

    /// Returns the typed password, or null without a terminal.
    @SuppressWarnings("SystemConsoleNull") // Java 25 does without a console again if not both ends are a terminal
    @Nullable String ask() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword(PROMPT);
            return typed == null ? null : new String(typed);
        }
        try {
            return askBesideRedirectedOutput();
        } catch (IOException _) { // no stty, so no prompt without echo
            return null;
        }
    }

    /// Prompts while standard output is redirected (`-J > file`); Java's own console requires both ends
    /// to be the terminal.
    private @Nullable String askBesideRedirectedOutput() throws IOException {
        String settings = stty("-g");
        if (settings == null) {
            return null;
        }
        var restore = new Thread(() -> restore(settings)); // if the user interrupts instead of typing
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

    /// Runs stty on the terminal at standard input.
    ///
    /// @return the output of stty; null if there is no terminal
    private static @Nullable String stty(String setting) throws IOException {
        Process stty = new ProcessBuilder("stty", setting)
                .redirectInput(Redirect.INHERIT)
                .redirectError(Redirect.DISCARD)
                .start();
        String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return stty.onExit().join().exitValue() == 0 ? answer : null;
    }

    /// Reads one line, and not a byte more.
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
