package dev.pitot.lab.connection;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.system.OperatingSystem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node that is reached by the user's own `ssh`, with its configuration, agent, jump hosts and
/// known hosts. Each command is an `ssh` of its own; nothing is shared between them unless the
/// user's configuration says so. Nothing is ever asked for: no password, no passphrase. Any
/// thread may use it.
///
/// The first command, and the first after the connection was lost, is preceded by a try whether
/// the node can be reached at all.
///
/// `ssh` exits with 255 when the connection fails, and as the command does otherwise. A command
/// may exit with 255 itself, or be ended by a signal, of which `ssh` tells nothing: the node's
/// shell therefore writes a marker to standard error for each code from 128 on, which nobody
/// hears. Where the marker is missing, the connection was lost. On Windows there is no marker:
/// there, 255 counts as lost if `ssh` says why, and as the command's own otherwise.
public final class SshConnection implements Connection {
    private static final int CONNECTION_FAILED = 255;
    private static final int FIRST_MARKED = 128;
    private static final int CONNECT_SECONDS = 10;
    private static final Duration OPENING = Duration.ofSeconds(30); // several addresses, jump hosts

    private final NodeShell shell;
    private final List<String> ssh;
    private final LocalConnection here;
    private final Object opening = new Object();
    private volatile boolean isOpen;

    /// Opens nothing yet.
    ///
    /// @param wallClock for the arrival of lines
    /// @throws ConnectionException if the host is none, such as one that `ssh` would take for an
    ///     option
    public SshConnection(NodeShell shell, Door.Ssh door, InstantSource wallClock) throws ConnectionException {
        this(shell, door, List.of("ssh"), wallClock);
    }

    /// Opens nothing yet.
    ///
    /// @param program how `ssh` is called, with options that are to come first
    /// @param wallClock for the arrival of lines
    /// @throws ConnectionException if the host is none, such as one that `ssh` would take for an
    ///     option
    public SshConnection(NodeShell shell, Door.Ssh door, List<String> program, InstantSource wallClock)
            throws ConnectionException {
        this.shell = shell;
        requireName(shell.node(), "host", door.host());
        String login = door.login();
        if (login != null) {
            requireName(shell.node(), "login", login);
        }
        this.ssh = arguments(door, program);
        this.here = new LocalConnection(new NodeShell.Label(shell.node(), way(door)), Map.of(), wallClock);
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

    private static String way(Door.Ssh door) {
        String host = door.login() == null ? door.host() : door.login() + "@" + door.host();
        return "ssh " + host + (door.port() == 0 ? "" : ":" + door.port());
    }

    /// `ssh` takes the first value that it is given for an option: the plan's come before ours.
    /// What the user's configuration forwards is not for devices under test.
    private static List<String> arguments(Door.Ssh door, List<String> program) {
        List<String> arguments = new ArrayList<>(program);
        List<String> options = new ArrayList<>(List.of("BatchMode=yes"));
        options.addAll(door.options());
        options.addAll(List.of("ConnectTimeout=" + CONNECT_SECONDS, "ServerAliveInterval=5", "ServerAliveCountMax=3"));
        options.addAll(List.of("ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes"));
        options.forEach(option -> arguments.addAll(List.of("-o", option)));
        arguments.add("-T");
        if (door.port() != 0) {
            arguments.addAll(List.of("-p", Integer.toString(door.port())));
        }
        if (door.login() != null) {
            arguments.addAll(List.of("-l", door.login()));
        }
        if (door.identity() != null) {
            arguments.addAll(List.of("-i", door.identity().toString()));
        }
        arguments.addAll(List.of(door.host(), "--"));
        return List.copyOf(arguments);
    }

    @Override
    public String name() {
        return here.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        String line = Quoting.line(shell, command);
        open();
        var marker = ExitMarker.drawn(Line.Origin.ERR);
        if (shell.system() != OperatingSystem.WINDOWS) {
            line = "sh -c " + Quoting.posix(marked(line, marker));
        }
        return startRemote(line, marker, lines);
    }

    private static String marked(String line, ExitMarker marker) {
        return line + "\npitot_code=$?; [ $pitot_code -lt " + FIRST_MARKED + " ] || echo " + marker.word()
                + "$pitot_code >&2; exit $pitot_code";
    }

    private RunningCommand startRemote(String line, ExitMarker marker, LineListener lines) throws ConnectionException {
        var said = new LastWords();
        List<String> local = new ArrayList<>(ssh);
        local.add(line);
        RunningCommand carrier = here.start(local, heard -> {
            Line rest = marker.withoutMarker(heard);
            if (rest != null) {
                if (rest.origin() == Line.Origin.ERR) {
                    said.add(rest.text());
                }
                lines.onLine(rest);
            }
        });
        return new TranslatedCommand(carrier, end -> meaning(end, marker, said.lines()));
    }

    private CommandEnd meaning(CommandEnd end, ExitMarker marker, List<String> said) {
        return switch (end) {
            case CommandEnd.Exited(int code) -> {
                Integer marked = marker.code();
                if (marked != null) {
                    yield new CommandEnd.Exited(marked);
                }
                String advice = code == CONNECTION_FAILED ? Words.adviceFor(Words.SSH, said) : null;
                boolean isWindows = shell.system() == OperatingSystem.WINDOWS;
                if (code < FIRST_MARKED || (isWindows && advice == null)) {
                    yield end;
                }
                isOpen = false;
                yield new CommandEnd.ConnectionLost(name() + ": "
                        + (advice == null
                                ? "ssh ended with " + code
                                        + " before the command did; see whether the node still answers"
                                : advice));
            }
            case CommandEnd.ConnectionLost _, CommandEnd.LetGo _ -> end;
        };
    }

    /// Tries whether the node can be reached, unless it is known already. The first command does
    /// so by itself.
    ///
    /// @throws ConnectionException if it cannot; the message says what to do
    public void open() throws ConnectionException {
        if (isOpen) {
            return;
        }
        synchronized (opening) {
            if (!isOpen) {
                tryOnce();
                isOpen = true;
            }
        }
    }

    private void tryOnce() throws ConnectionException {
        var said = new LastWords();
        List<String> local = new ArrayList<>(ssh);
        local.add("exit 0");
        try (RunningCommand attempt = here.start(local, line -> said.add(line.text()))) {
            CommandEnd end = attempt.await(OPENING);
            if (!(end instanceof CommandEnd.Exited(int code) && code == 0)) {
                throw new ConnectionException(name() + ": " + failure(end, said.lines()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(name() + ": interrupted before the node was reached", e);
        }
    }

    private static String failure(@Nullable CommandEnd end, List<String> said) {
        String advice = Words.adviceFor(Words.SSH, said);
        if (advice != null) {
            return advice;
        }
        if (end == null) {
            return "no answer for " + OPENING.toSeconds() + " s; check that it is on, and the control network";
        }
        return said.isEmpty()
                ? "ssh could not run a command there; try it by hand"
                : "ssh could not run a command there: " + said.getLast().strip();
    }

    @Override
    public void close() {
        here.close();
    }
}
