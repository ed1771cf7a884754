package dev.pitot.cli;

import dev.pitot.cli.option.CommandLine;
import dev.pitot.cli.option.PasswordSource;
import dev.pitot.cli.option.Request;
import dev.pitot.cli.option.UsageException;
import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.About;
import dev.pitot.cli.run.Background;
import dev.pitot.cli.run.ClientCommand;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.cli.run.LoopbackCommand;
import dev.pitot.cli.run.ServerCommand;
import dev.pitot.cli.run.SignalSource;
import dev.pitot.cli.run.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One run of the program, with its streams, signals and environment as arguments, so that it can
/// run in a test as well.
final class Command {
    private static final String USAGE = """

            Usage: iperf3 [-s|-c host] [options]
            Try `iperf3 --help' for more information.
            """;

    private final Terminal terminal;
    private final SignalSource signals;
    private final PasswordSource passwords;
    private final Background background;

    Command(Terminal terminal, SignalSource signals, PasswordSource passwords, Background background) {
        this.terminal = terminal;
        this.signals = signals;
        this.passwords = passwords;
        this.background = background;
    }

    /// Does what the command line asks for.
    ///
    /// @return the exit code
    int run(List<String> args) throws InterruptedException {
        try {
            return carryOut(CommandLine.parse(args, passwords));
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
            case Request.Help _ -> show(resource("help.txt"));
            case Request.Version _ -> show(About.text());
            case Request.Client client -> new ClientCommand(workplace()).run(client);
            case Request.Server server when server.isDaemon() && !background.isReached() -> background.send();
            case Request.Server server -> new ServerCommand(workplace()).run(server);
            case Request.Loopback loopback -> new LoopbackCommand(workplace()).run(loopback);
        };
    }

    private Workplace workplace() {
        return new Workplace(About.program(), terminal, signals, background);
    }

    private int show(String text) {
        write(terminal.out(), text);
        return ExitCode.SUCCESS;
    }

    private static String resource(String name) {
        try (InputStream resource = Command.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException _) {
            // Nobody reads: there is nobody to tell.
        }
    }
}
