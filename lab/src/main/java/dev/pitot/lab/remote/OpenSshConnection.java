package dev.pitot.lab.remote;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import java.io.File;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A node that is reached by the user's own `ssh`, with its configuration, agent, jump hosts and
/// known hosts. Nothing is ever asked for: no password, no passphrase. Any thread may use it.
///
/// Each command is an `ssh` of its own. The first, and the first after the connection was lost,
/// makes a connection that all share. A node that refuses one more session gets a login for that
/// command. Where the plan or the user's configuration has a ControlPath, on Windows, and for
/// nodes with Windows, every command logs in.
///
/// `ssh` exits with 255 when the connection fails, and as the command does otherwise. A command
/// may exit with 255 itself, or be ended by a signal, which `ssh` does not report: the node's
/// shell therefore writes a marker to standard error for each code from 128 on, which no listener
/// gets. Where the marker is missing, the connection was lost. On Windows there is no marker:
/// there, 255 counts as lost if `ssh` prints why, and as the command's own otherwise.
public final class OpenSshConnection implements NodeConnection {
    static final int FAILED = 255;

    private static final int FIRST_MARKED = 128;

    private final ShellContext shell;
    private final List<String> program;
    private final List<String> arguments;
    private final LocalConnection here;
    private final Object opening = new Object();
    private boolean isShared;
    private @Nullable SshMaster master;

    /// Opens nothing yet.
    ///
    /// @param program how `ssh` is called, with options that are to come first
    /// @param wallClock for the arrival of lines
    /// @throws ConnectionException if the host is none, such as one that `ssh` would take for an
    ///     option
    public OpenSshConnection(
            ShellContext shell, ConnectionSettings.Ssh settings, List<String> program, InstantSource wallClock)
            throws ConnectionException {
        this.shell = shell;
        requireName(shell.node(), "host", settings.host());
        String login = settings.login();
        if (login != null) {
            requireName(shell.node(), "login", login);
        }
        this.program = List.copyOf(program);
        this.arguments = arguments(settings, shell.timeouts());
        this.isShared = shell.system() != OperatingSystem.WINDOWS
                && File.separatorChar == '/' // the client of Windows cannot share
                && settings.options().stream()
                        .noneMatch(option -> option.toLowerCase(Locale.ROOT).startsWith("control"));
        this.here =
                new LocalConnection(new ShellContext.ConnectionLabel(shell.node(), way(settings)), Map.of(), wallClock);
    }

    /// What begins with `-` would be an option, and `ssh` gives some to a shell.
    static void requireName(String node, String what, String name) throws ConnectionException {
        boolean isName = !name.isEmpty()
                && !name.startsWith("-")
                && !name.contains("@-")
                && name.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
        if (!isName) {
            throw new ConnectionException(node + ": \"" + name.strip() + "\" is not the name of a " + what
                    + "; it must not begin with - or have spaces in it");
        }
    }

    private static String way(ConnectionSettings.Ssh settings) {
        String host = settings.login() == null ? settings.host() : settings.login() + "@" + settings.host();
        return "ssh " + host + (settings.port() == 0 ? "" : ":" + settings.port());
    }

    /// `ssh` takes the first value that it is given for an option: the plan's come before ours.
    /// What the user's configuration forwards is not for devices under test.
    private static List<String> arguments(ConnectionSettings.Ssh settings, NodeTimeouts timeouts) {
        List<String> arguments = new ArrayList<>();
        List<String> options = new ArrayList<>(List.of("BatchMode=yes"));
        options.addAll(settings.options());
        options.addAll(List.of(
                "ConnectTimeout=" + Math.max(1, timeouts.login().toSeconds()),
                "ServerAliveInterval=5",
                "ServerAliveCountMax=3"));
        options.addAll(List.of("ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes"));
        options.forEach(option -> arguments.addAll(List.of("-o", option)));
        arguments.add("-T");
        if (settings.port() != 0) {
            arguments.addAll(List.of("-p", Integer.toString(settings.port())));
        }
        if (settings.login() != null) {
            arguments.addAll(List.of("-l", settings.login()));
        }
        if (settings.identity() != null) {
            arguments.addAll(List.of("-i", settings.identity().toString()));
        }
        arguments.addAll(List.of(settings.host(), "--"));
        return List.copyOf(arguments);
    }

    @Override
    public String name() {
        return here.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        String line = ShellQuoting.line(shell, command);
        SshMaster shared = shared();
        var mapper = new ExitCodeMapper(OutputLine.Origin.ERR, lines, (code, output) -> meaning(code, output, shared));
        if (shell.system() != OperatingSystem.WINDOWS) {
            line = ShellQuoting.posix("sh", "-c", marked(line, mapper.word()));
        }
        List<String> local = new ArrayList<>(program);
        if (shared != null) {
            local.addAll(shared.options());
        }
        local.addAll(arguments);
        local.add(line);
        return mapper.carriedBy(here.start(local, printed -> {
            if (shared == null || !SshMaster.isChatter(printed)) {
                mapper.onLine(printed);
            }
        }));
    }

    private static String marked(String line, String word) {
        return line + "\npitot_code=$?; [ $pitot_code -lt " + FIRST_MARKED + " ] || echo " + word
                + "$pitot_code >&2; exit $pitot_code";
    }

    /// The meaning of an end that the node's shell has not marked.
    private CommandEnd meaning(int code, List<String> output, @Nullable SshMaster shared) throws InterruptedException {
        String advice = code == FAILED ? KnownError.adviceFor(KnownError.SSH, output) : null;
        boolean isWindows = shell.system() == OperatingSystem.WINDOWS;
        if (code < FIRST_MARKED || (isWindows && advice == null)) {
            return new CommandEnd.Exited(code);
        }
        if (advice == null && shared != null && code == FAILED) {
            advice = shared.lastAdvice();
        }
        if (advice == null) {
            advice = "ssh ended with " + code + " before the command did"
                    + (output.isEmpty()
                            ? "; see whether the node still answers"
                            : ": " + output.getLast().strip());
        }
        return new CommandEnd.ConnectionLost(name() + ": " + advice);
    }

    /// The connection that commands share, made anew where it was lost.
    ///
    /// @return null if each makes its own
    /// @throws ConnectionException if the node cannot be reached; the message explains what to do
    private @Nullable SshMaster shared() throws ConnectionException {
        synchronized (opening) {
            try {
                SshMaster before = master;
                if (!isShared || (before != null && before.isAlive())) {
                    return before;
                }
                isShared = before == null ? !isConfigured() : !before.isUnwanted();
                if (before != null) {
                    before.close();
                }
                master = isShared
                        ? SshMaster.open(
                                here, program, arguments, shell.timeouts().login())
                        : null;
                isShared = master != null;
                return master;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectionException(name() + ": interrupted before the node was reached", e);
            }
        }
    }

    /// Whether the user's configuration has connections shared: then ours are left to it.
    private boolean isConfigured() throws ConnectionException, InterruptedException {
        var isConfigured = new AtomicBoolean();
        List<String> question = new ArrayList<>(program);
        question.add("-G");
        question.addAll(arguments);
        try (RunningCommand asked = here.start(question, line -> {
            if (line.text().startsWith("controlpath ")) {
                isConfigured.set(true);
            }
        })) {
            return asked.await(shell.timeouts().login()) == null || isConfigured.get();
        }
    }

    @Override
    public void close() {
        here.close(); // the master too
        synchronized (opening) {
            if (master != null) {
                master.close();
            }
        }
    }
}
