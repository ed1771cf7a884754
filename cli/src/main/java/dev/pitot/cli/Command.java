package dev.pitot.cli;

import dev.pitot.cli.exporter.ExporterCommand;
import dev.pitot.cli.lab.LabCommand;
import dev.pitot.cli.message.MessageCommand;
import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.About;
import dev.pitot.cli.run.Background;
import dev.pitot.cli.run.ClientCommand;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.cli.run.HeapGuard;
import dev.pitot.cli.run.LoopbackCommand;
import dev.pitot.cli.run.ServerCommand;
import dev.pitot.cli.run.SignalSource;
import dev.pitot.cli.run.Workplace;
import dev.pitot.command.CommandLine;
import dev.pitot.command.PasswordSource;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.command.Variables;
import dev.pitot.model.text.SurrogateEscape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// One run of the program, with its streams, signals and environment as arguments, so that it can
/// run in a test as well.
final class Command {
    private static final String EXPORTER = "exporter";
    private static final String LAB = "lab";
    private static final String MESSAGE = "message";
    private static final String USAGE = """

            Usage: iperf3 [-s|-c host] [options]
            Try `iperf3 --help' for more information.
            """;

    private final Terminal terminal;
    private final SignalSource signals;
    private final PasswordSource passwords;
    private final Variables variables;
    private final Background background;
    private final HeapGuard heapGuard;

    Command(
            Terminal terminal,
            SignalSource signals,
            PasswordSource passwords,
            Variables variables,
            Background background,
            HeapGuard heapGuard) {
        this.terminal = terminal;
        this.signals = signals;
        this.passwords = passwords;
        this.variables = variables;
        this.background = background;
        this.heapGuard = heapGuard;
    }

    /// Does what the command line asks for.
    ///
    /// @return the exit code
    int run(List<String> args) throws InterruptedException {
        if (!args.isEmpty() && args.getFirst().equals(EXPORTER)) {
            // Its options are not iperf3's: it reads them itself.
            return new ExporterCommand(workplace()).run(args.subList(1, args.size()));
        }
        if (!args.isEmpty() && args.getFirst().equals(MESSAGE)) {
            return new MessageCommand(workplace()).run(args.subList(1, args.size()));
        }
        if (!args.isEmpty() && args.getFirst().equals(LAB)) {
            return new LabCommand(workplace(), variables).run(args.subList(1, args.size()));
        }
        try {
            return carryOut(CommandLine.parse(args, passwords, variables));
        } catch (UsageException e) {
            write(terminal.err(), "iperf3: " + e.getMessage() + "\n" + USAGE);
            return ExitCode.FAILURE;
        } catch (IOException e) { // the message is complete: see the commands
            write(terminal.err(), "iperf3: " + e.getMessage() + "\n");
            return ExitCode.FAILURE;
        }
    }

    private int carryOut(Request request) throws IOException, InterruptedException {
        return switch (request) {
            case Request.Help _ -> show(CommandLine.help());
            case Request.Version _ -> show(About.text());
            case Request.ShellCompletion(String script) -> show(script);
            case Request.Client client -> new ClientCommand(workplace()).run(client);
            case Request.Server server when server.isDaemon() && !background.isReached() -> background.send();
            case Request.Server server -> new ServerCommand(workplace()).run(server);
            case Request.Loopback loopback -> new LoopbackCommand(workplace()).run(loopback);
        };
    }

    private Workplace workplace() {
        return new Workplace(About.program(), terminal, signals, background, heapGuard);
    }

    private int show(String text) {
        write(terminal.out(), text);
        return ExitCode.SUCCESS;
    }

    private static void write(OutputStream stream, String text) {
        try {
            stream.write(SurrogateEscape.encode(text));
            stream.flush();
        } catch (IOException _) {
            // Nobody reads: there is nobody to tell.
        }
    }
}
