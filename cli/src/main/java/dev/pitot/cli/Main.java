package dev.pitot.cli;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.Signals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/// The program's entrance: the only place that knows the process's own streams and ends the process.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        // Not System.out, which hides that nobody reads any more.
        var terminal = new Terminal(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Clock.system(ZoneId.systemDefault()));
        System.exit(new Command(terminal, new Signals()).run(List.of(args)));
    }
}
