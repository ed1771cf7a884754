package dev.pitot.lab.remote;

import dev.pitot.lab.os.OperatingSystem;
import java.util.ArrayList;
import java.util.List;

/// A console whose commands have variables of their own: each is started by a shell that sets
/// them first, since the console's own shell is everybody's. Any thread may use it.
///
/// @param script sets the variables and becomes the command
record EnvironmentConnection(NodeConnection console, String script) implements NodeConnection {
    /// The console itself where there is nothing to set, or a shell that is not POSIX's.
    static NodeConnection of(ShellContext shell, NodeConnection console) {
        boolean isPlain = shell.environment().isEmpty() || shell.system() == OperatingSystem.WINDOWS;
        return isPlain
                ? console
                : new EnvironmentConnection(console, ShellQuoting.posixVariables(shell.environment()) + "exec \"$@\"");
    }

    @Override
    public String name() {
        return console.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(command);
        return console.start(words, lines);
    }

    @Override
    public void close() {
        console.close();
    }
}
