package dev.pitot.lab.remote;

import dev.pitot.model.time.NanoClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A POSIX shell behind a console: logs in, makes it quiet, and has it run short command lines
/// one at a time. A long one would block it. One thread at a time may use it; any may close.
final class ConsoleShell implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_LISTENING = Duration.ofSeconds(1);
    private static final int MARK_BYTES = 8;
    private static final int OVERHEAD = 4_096;
    private static final int MOST_WAITS = 6; // for an answer that never ceases
    private static final String INTERRUPT = "\u0003\n"; // whatever waits on the console gives up

    private final String name;
    private final ConsoleIo typist;
    private final Settings settings;
    private final Consumer<String> strays;
    private final String token = HexFormat.of().formatHex(randomBytes());
    private boolean isConfused;
    private boolean isLoggedIn;
    private int questions;

    /// What a console needs to know.
    ///
    /// @param login null if it asks for none
    /// @param password null if it asks for none
    /// @param wakes whether something is typed before anything is shown, as on a serial line
    /// @param pieceBytes how much of a file is read at once
    record Settings(
            @Nullable String login,
            @Nullable PasswordSource password,
            boolean wakes,
            int pieceBytes,
            NanoClock clock,
            ConsoleTimeouts times) {}

    /// Reads a password when it is asked for.
    @FunctionalInterface
    interface PasswordSource {
        /// The password.
        ///
        /// @throws ConnectionException if there is none
        String read() throws ConnectionException;
    }

    /// @param name as messages have it
    /// @param strays receives the lines that the console shows on its own, such as the kernel's
    ConsoleShell(String name, ConsoleTransport wire, Settings settings, Consumer<String> strays) {
        this.name = name;
        this.typist = new ConsoleIo(name, wire);
        this.settings = settings;
        this.strays = strays;
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[MARK_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /// Random, and the same as long as the shell is: for names of files.
    String token() {
        return token;
    }

    boolean isLoggedIn() {
        return isLoggedIn;
    }

    /// Waits for a shell, logging in where it is asked to, and makes it quiet.
    ///
    /// @throws ConnectionException if there is no way in, or no shell in time
    void open() throws ConnectionException, InterruptedException {
        var dialogue = new LoginDialogue(settings.login(), settings.password() != null, "pi" + token);
        long deadline = settings.clock().nanoTime() + settings.times().login().toNanos();
        if (settings.wakes()) {
            typist.type("\n");
        }
        boolean isReady = false;
        while (!isReady) {
            if (settings.clock().nanoTime() - deadline > 0) {
                throw new ConnectionException(name + " shows no shell within "
                        + settings.times().login().toSeconds() + " s: check that one waits there");
            }
            listen(dialogue);
            isReady = isThrough(dialogue.next());
        }
        quieten();
    }

    /// Until the console pauses, or for a second.
    private void listen(LoginDialogue dialogue) throws ConnectionException, InterruptedException {
        long until = settings.clock().nanoTime() + MAX_LISTENING.toNanos();
        String shown = typist.read(PAUSE);
        while (shown != null && !shown.isEmpty() && settings.clock().nanoTime() - until < 0) {
            dialogue.received(shown);
            shown = typist.read(PAUSE);
        }
        if (shown == null) {
            String reason = dialogue.reasonOfClose();
            throw reason == null ? closed() : new ConnectionException(name + " " + reason);
        }
        dialogue.received(shown);
    }

    private boolean isThrough(LoginDialogue.Step word) throws ConnectionException {
        switch (word) {
            case LoginDialogue.Step.Type(String text) -> typist.type(text);
            case LoginDialogue.Step.TypePassword() -> typist.type(password() + "\n");
            case LoginDialogue.Step.Wait() -> {
                return false;
            }
            case LoginDialogue.Step.Ready(boolean hasLoggedIn) -> {
                isLoggedIn = hasLoggedIn;
                return true;
            }
            case LoginDialogue.Step.Refused(String reason) -> throw new ConnectionException(name + " " + reason);
        }
        return false;
    }

    private String password() throws ConnectionException {
        try {
            return settings.password() == null ? "" : settings.password().read();
        } catch (ConnectionException e) {
            throw new ConnectionException(name + " needs a password: " + e.getMessage(), e);
        }
    }

    /// Without echo, prompts, history and line editing, and with tabs left alone.
    private void quieten() throws ConnectionException, InterruptedException {
        String quiet = "stty -echo tab0 2>/dev/null || stty -echo 2>/dev/null; PS1=; PS2=; PROMPT_COMMAND=; "
                + "HISTFILE=/dev/null; (set +o emacs) 2>/dev/null && set +o emacs; "
                + "(set +o vi) 2>/dev/null && set +o vi";
        if (execute(quiet) == null || execute(":") == null) {
            throw new ConnectionException(
                    name + " has a shell that does not answer: it must be one of POSIX, such as sh or bash");
        }
    }

    /// Has the shell run something that ends soon.
    ///
    /// @param script commands joined by `;`, printable ASCII, less than a thousand characters
    /// @return null if no answer came in time
    /// @throws ConnectionException if the console is gone
    SentinelParser.@Nullable Output execute(String script) throws ConnectionException, InterruptedException {
        Duration answer = settings.times().answer();
        return execute(script, answer, answer.multipliedBy(MOST_WAITS));
    }

    /// Like the other, within a time of its own.
    SentinelParser.@Nullable Output execute(String script, Duration timeout)
            throws ConnectionException, InterruptedException {
        return execute(script, timeout, timeout);
    }

    /// @param silence without a new byte
    private SentinelParser.@Nullable Output execute(String script, Duration silence, Duration timeout)
            throws ConnectionException, InterruptedException {
        String mark = "pi" + token + questions++;
        var marked = new SentinelParser(mark, 2 * settings.pieceBytes() + OVERHEAD);
        long deadline = settings.clock().nanoTime() + timeout.toNanos();
        if (isConfused) {
            typist.type(INTERRUPT);
        }
        isConfused = true; // unless the answer comes
        if (!typist.type(SentinelParser.typed(mark, script) + "\n")) {
            return null;
        }
        SentinelParser.Output answer = null;
        boolean isQuiet = false;
        while (answer == null && !isQuiet && !marked.isTooLong()) {
            long left = deadline - settings.clock().nanoTime();
            String shown = left <= 0 ? "" : received(Duration.ofNanos(Math.min(left, silence.toNanos())));
            answer = marked.feed(shown);
            isQuiet = shown.isEmpty();
        }
        isConfused = answer == null;
        passOn(marked.stray());
        return answer;
    }

    /// Whether the last question was answered.
    boolean isUsable() {
        return !isConfused;
    }

    /// Types a last line, and waits a moment for it to get there.
    void type(String line, Duration timeout) throws ConnectionException, InterruptedException {
        typist.type(line + "\n");
        received(timeout);
    }

    /// A mark within an answer, never seen in the echo of the line that asks for it.
    String innerMark() {
        return "pi" + token + "=";
    }

    /// The echo of what was typed is not passed on where the terminal could not be made quiet.
    private void passOn(String shown) {
        shown.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.contains(token))
                .forEach(strays);
    }

    private String received(Duration timeout) throws ConnectionException, InterruptedException {
        String shown = typist.read(timeout);
        if (shown == null) {
            throw closed();
        }
        return shown;
    }

    private ConnectionException closed() {
        return new ConnectionException(name + " has closed the line");
    }

    @Override
    public void close() {
        typist.close();
    }
}
