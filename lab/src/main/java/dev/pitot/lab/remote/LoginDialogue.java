package dev.pitot.lab.remote;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The dialogue with a console until a shell answers. Pure: it gets what is shown, and is asked for the
/// next word whenever the console pauses. Of one thread.
final class LoginDialogue {
    private static final Pattern LOGIN = Pattern.compile("(?is)(?!last login).*\\b(?:login|user ?name|user) ?: ?$");
    private static final Pattern PASSWORD = Pattern.compile("(?is).*(?:password|passcode)[^:\\n]{0,60}: ?$");
    private static final Pattern PROMPT = Pattern.compile("(?s).*[$#>%] ?$");
    private static final Pattern REFUSAL = Pattern.compile(
            "(?i)login incorrect|login failed|access denied|authentication fail|permission denied|bad password");
    private static final Pattern ESCAPE = Pattern.compile("\\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|[()][A-Za-z0-9]|[=>])");
    private static final String LOGIN_REFUSED = "refuses the login: check name and password";
    private static final String CLOSED = "closed the line after the password: wrong name or password?";
    private static final int TAIL = 2_048;
    private static final int PAUSES_BEFORE_TRY = 12;
    private static final int MAX_ESCAPES = 3;

    private final @Nullable String login;
    private final boolean hasPassword;
    private final String mark;
    private final StringBuilder tail = new StringBuilder();
    private boolean isLoginSent;
    private boolean isPasswordSent;
    private int pauses;
    private int escapes;

    LoginDialogue(@Nullable String login, boolean hasPassword, String mark) {
        this.login = login;
        this.hasPassword = hasPassword;
        this.mark = mark;
    }

    /// The next word.
    sealed interface Step {
        /// Type this.
        record Type(String text) implements Step {}

        /// Type the password.
        record TypePassword() implements Step {}

        /// Wait for more.
        record Wait() implements Step {}

        /// A shell listens.
        record Ready(boolean isLoggedIn) implements Step {}

        /// There is no way in.
        ///
        /// @param reason goes on after the console's name, with what to do
        record Refused(String reason) implements Step {}
    }

    void received(String shown) {
        tail.append(shown.replace("\0", ""));
        if (tail.length() > TAIL) {
            tail.delete(0, tail.length() - TAIL);
        }
    }

    /// Asked when the console has paused, and now and then when it does not.
    Step next() {
        String text = ESCAPE.matcher(tail).replaceAll("").replace("\r", "");
        String line = text.substring(text.lastIndexOf('\n') + 1);
        if (text.contains(mark + "\n")) {
            return new Step.Ready(isLoginSent || isPasswordSent);
        }
        boolean isRefused =
                (isLoginSent || isPasswordSent) && REFUSAL.matcher(text).find();
        if (isRefused) {
            return new Step.Refused(LOGIN_REFUSED);
        }
        if (LOGIN.matcher(line).matches()) {
            return loginAsked();
        }
        if (PASSWORD.matcher(line).matches()) {
            return passwordAsked();
        }
        pauses++;
        boolean isLikely = PROMPT.matcher(line).matches() && pauses >= 2;
        return isLikely || pauses >= PAUSES_BEFORE_TRY ? sent(" echo " + SentinelParser.halves(mark)) : new Step.Wait();
    }

    /// The reason for which the console was closed, as far as the dialogue shows it, or null. A login
    /// program hangs up after a wrong password, and that message can be lost with the
    /// connection (RFC 1122, 4.2.2.13); but others hang up at that moment too.
    @Nullable String reasonOfClose() {
        if (next() instanceof Step.Refused(String reason)) {
            return reason;
        }
        return isPasswordSent ? CLOSED : null;
    }

    private Step loginAsked() {
        if (login == null) {
            return new Step.Refused("asks for a login, but none is given: name it at the node");
        }
        if (isLoginSent) {
            return new Step.Refused(LOGIN_REFUSED);
        }
        isLoginSent = true;
        return sent(login);
    }

    private Step passwordAsked() {
        if (login != null && !isLoginSent && escapes < MAX_ESCAPES) {
            escapes++; // somebody else's name was typed before
            return sent("");
        }
        if (!hasPassword) {
            return new Step.Refused("asks for a password, but none is given: name its source at the node");
        }
        if (isPasswordSent) {
            return new Step.Refused(LOGIN_REFUSED);
        }
        isPasswordSent = true;
        sent("");
        return new Step.TypePassword();
    }

    private Step sent(String text) {
        tail.setLength(0);
        pauses = 0;
        return new Step.Type(text + "\n");
    }
}
