package dev.pitot.cli;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.Daemon;
import dev.pitot.cli.run.DaemonLauncher;
import dev.pitot.cli.run.DaemonProcess;
import dev.pitot.cli.run.HeapGuard;
import dev.pitot.cli.run.ProcessText;
import dev.pitot.cli.run.Signals;
import dev.pitot.cli.run.VersionInfo;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneId;

/// Entry point: the only class that uses the process's own streams and environment, and ends the
/// process.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        // Not System.out, which hides write errors such as a closed pipe.
        var out = new FileOutputStream(FileDescriptor.out);
        var err = new FileOutputStream(FileDescriptor.err);
        var heapGuard = new HeapGuard(err);
        heapGuard.install();
        Daemon daemon = DaemonProcess.isThisProcess() ? new DaemonProcess(out, err) : new DaemonLauncher(err);
        var terminal = new Terminal(
                new FileInputStream(FileDescriptor.in),
                daemon.isReached() ? OutputStream.nullOutputStream() : out,
                err,
                isWatched(),
                Clock.system(ZoneId.systemDefault()));
        var passwords = new Passwords(ProcessText::variable, new PasswordPrompt(err)::ask);
        // the launcher sets it to the name by which it was called
        String name = System.getProperty("pitot.name", "pitot").equals("iperf3") ? "iperf3" : "pitot";
        var context = new CommandContext(VersionInfo.program(), name, terminal, new Signals(), daemon, heapGuard);
        var command = new Command(context, passwords, ProcessText::variable);
        System.exit(command.run(ProcessText.arguments(args)));
    }

    @SuppressWarnings("SystemConsoleNull") // null in Java 25 unless both ends are a terminal
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
