package dev.pitot.cli;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.About;
import dev.pitot.cli.run.Background;
import dev.pitot.cli.run.Detached;
import dev.pitot.cli.run.Foreground;
import dev.pitot.cli.run.HeapGuard;
import dev.pitot.cli.run.ProcessText;
import dev.pitot.cli.run.Signals;
import dev.pitot.cli.run.Workplace;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneId;

/// The program's entrance: the only place that knows the process's own streams and environment,
/// and ends the process.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        // Not System.out, which hides that nobody reads any more.
        var out = new FileOutputStream(FileDescriptor.out);
        var err = new FileOutputStream(FileDescriptor.err);
        var heapGuard = new HeapGuard(err);
        heapGuard.install();
        Background background = Detached.isThisProcess() ? new Detached(out, err) : new Foreground(err);
        var terminal = new Terminal(
                new FileInputStream(FileDescriptor.in),
                background.isReached() ? OutputStream.nullOutputStream() : out,
                err,
                isWatched(),
                Clock.system(ZoneId.systemDefault()));
        var passwords = new Passwords(ProcessText::variable, new PasswordPrompt(err)::ask);
        // the launcher sets it to the name by which it was called
        String name = System.getProperty("pitot.name", "pitot").equals("iperf3") ? "iperf3" : "pitot";
        var workplace = new Workplace(About.program(), name, terminal, new Signals(), background, heapGuard);
        var command = new Command(workplace, passwords, ProcessText::variable);
        System.exit(command.run(ProcessText.arguments(args)));
    }

    @SuppressWarnings("SystemConsoleNull") // Java 25 does without a console again if not both ends are a terminal
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
