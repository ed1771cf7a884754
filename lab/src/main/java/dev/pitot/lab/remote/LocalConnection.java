package dev.pitot.lab.remote;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Commands as processes of this machine: no shell is between, and their standard input is
/// empty. Any thread may use it.
///
/// A command that is let go is ended together with what it has started, by force if it must be. A
/// process that it left behind before may hold its outputs open: 2 s of silence after the
/// command's own end are taken for the end of its lines.
public final class LocalConnection implements NodeConnection {
    private static final String LOCALE = "LC_ALL";
    private static final String FOUND_LOCALE = "PITOT_LC_ALL"; // the launcher's

    private final String name;
    private final Map<String, String> environment;
    private final InstantSource wallClock;
    private final CommandRegistry commands;

    /// Opens nothing yet.
    ///
    /// @param node what the plan calls this machine
    /// @param environment added to that of the commands; `PATH` and `LD_LIBRARY_PATH` are put
    ///     before what is there
    /// @param wallClock for the arrival of lines
    public LocalConnection(String node, Map<String, String> environment, InstantSource wallClock) {
        this(new ShellContext.ConnectionLabel(node, "this machine"), environment, wallClock);
    }

    LocalConnection(ShellContext.ConnectionLabel label, Map<String, String> environment, InstantSource wallClock) {
        this.name = label.text();
        this.environment = ShellContext.checked(environment);
        this.wallClock = wallClock;
        this.commands = new CommandRegistry(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        return startProcess(command, lines, false);
    }

    /// @param keepsInput whether its standard input stays open, with nothing on it
    StreamedCommand startProcess(List<String> command, LineListener lines, boolean keepsInput)
            throws ConnectionException {
        commands.requireOpen();
        var builder = new ProcessBuilder(new ArrayList<>(command));
        restoreLocale(builder.environment());
        environment.forEach((variable, value) -> builder.environment()
                .merge(variable, value, (before, added) -> ShellContext.combined(variable, added, before)));
        String program = command.getFirst();
        builder.command().set(0, found(program));
        try {
            return StreamedCommand.start(ProcessCommand.start(builder, keepsInput), lines, wallClock, commands);
        } catch (IOException e) {
            throw new ConnectionException(
                    name + ": cannot start " + program + "; install it, or give its path in the plan", e);
        }
    }

    /// Pitot's launcher has the JVM run in a locale whose characters are UTF-8, and leaves a note of
    /// the one that it found: the person's, which is meant for programs.
    static void restoreLocale(Map<String, String> variables) {
        String found = variables.remove(FOUND_LOCALE);
        if (found != null) {
            variables.put(LOCALE, found);
        }
        variables.remove(LOCALE, ""); // as good as not set: locale(7)
    }

    /// The system looks for programs in the `PATH` of this process, not in that of the command.
    private String found(String program) {
        String folders = environment.get(ShellContext.PATH);
        if (folders != null && program.indexOf('/') < 0 && program.indexOf(File.separatorChar) < 0) {
            for (String folder : folders.split(File.pathSeparator, -1)) {
                if (!folder.isEmpty() && isProgram(folder, program)) {
                    return Path.of(folder, program).toString();
                }
            }
        }
        return program;
    }

    private static boolean isProgram(String folder, String program) {
        try {
            Path path = Path.of(folder, program);
            return Files.isRegularFile(path) && Files.isExecutable(path);
        } catch (InvalidPathException _) { // it cannot be a program's
            return false;
        }
    }

    @Override
    public void close() {
        commands.close();
    }
}
