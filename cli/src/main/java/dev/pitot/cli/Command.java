package dev.pitot.cli;

import dev.pitot.cli.exporter.ExporterCommand;
import dev.pitot.cli.lab.LabCommand;
import dev.pitot.cli.message.MessageCommand;
import dev.pitot.cli.probe.RpmCommand;
import dev.pitot.cli.probe.StampCommand;
import dev.pitot.cli.run.ClientCommand;
import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.CommandOutput;
import dev.pitot.cli.run.LoopbackCommand;
import dev.pitot.cli.run.ServerCommand;
import dev.pitot.cli.run.VersionInfo;
import dev.pitot.command.CommandLine;
import dev.pitot.command.Environment;
import dev.pitot.command.PasswordSource;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.model.text.Suggestion;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One run of the program. Streams, signals and environment are arguments, so that it can run in a test
/// as well.
final class Command {
    private static final Set<String> HELP_OPTIONS = Set.of("-h", "--help");
    private static final String IPERF3 = "iperf3";
    private static final String USAGE = """

            Usage: iperf3 [-s|-c host] [options]
            Try `iperf3 --help' for more information.
            """;

    private final CommandContext context;
    private final CommandOutput iperfOutput;
    private final CommandOutput ownOutput;
    private final PasswordSource passwords;
    private final Environment environment;

    /// @param context has the name by which the program was called
    Command(CommandContext context, PasswordSource passwords, Environment environment) {
        this.context = context;
        this.passwords = passwords;
        this.environment = environment;
        iperfOutput = new CommandOutput(context.terminal(), IPERF3);
        ownOutput = context.output();
    }

    /// Executes a command line.
    ///
    /// @return the exit code
    int run(List<String> args) throws InterruptedException {
        String first = args.isEmpty() ? "" : args.getFirst();
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        return switch (first) {
            case OwnCommands.HELP -> help(rest);
            case OwnCommands.EXPORTER -> new ExporterCommand(context).run(rest); // its options are not iperf3's
            case OwnCommands.MESSAGE -> new MessageCommand(context).run(rest);
            case OwnCommands.STAMP -> new StampCommand(context, environment).run(rest);
            case OwnCommands.LAB -> new LabCommand(context, environment).run(rest);
            case OwnCommands.RPM -> new RpmCommand(context).run(rest);
            case CommandLine.LOOPBACK, CommandLine.COMPLETION -> own(first, args);
            default -> isMisspelt(first) ? unknown(first) : iperf(args);
        };
    }

    /// Shows the help of a command, the same text as its `--help`.
    private int help(List<String> command) throws InterruptedException {
        if (command.isEmpty() || HELP_OPTIONS.contains(command.getFirst())) {
            return ownOutput.show(CommandLine.help());
        }
        String first = command.getFirst();
        if (!OwnCommands.NAMES.contains(first)) {
            return unknown(first);
        }
        return first.equals(OwnCommands.HELP)
                ? help(List.of())
                : run(Stream.concat(command.stream(), Stream.of("--help")).toList());
    }

    /// True for an unknown first word. iperf3 ignores a first word that is not an option, and so does
    /// Pitot when called `iperf3`.
    private boolean isMisspelt(String first) {
        return !context.name().equals(IPERF3) && !first.isEmpty() && !first.startsWith("-");
    }

    private int unknown(String command) {
        String meant = Suggestion.nearest(command, OwnCommands.NAMES);
        return ownOutput.complain("unknown command '" + command + "'"
                + (meant == null ? "" : ": did you mean '" + meant + "'?") + " (see " + context.name() + " help)");
    }

    private int iperf(List<String> args) throws InterruptedException {
        try {
            return carryOut(CommandLine.parse(args, passwords, environment), iperfOutput);
        } catch (UsageException e) {
            return iperfOutput.complain(e.getMessage() + "\n" + USAGE.stripTrailing());
        } catch (IOException e) { // the message is complete: see the commands
            return iperfOutput.complain(String.valueOf(e.getMessage()));
        }
    }

    /// Runs one of Pitot's own commands whose options are parsed as iperf3's.
    private int own(String name, List<String> args) throws InterruptedException {
        try {
            return carryOut(CommandLine.parse(args, passwords, environment), ownOutput);
        } catch (UsageException e) {
            return ownOutput.complain(own(e) + " (see " + context.name() + " " + name + " --help)");
        } catch (IOException e) { // as above
            return ownOutput.complain(own(e));
        }
    }

    /// Returns the message without the prefix of iperf3's errors.
    private static String own(Exception e) {
        return String.valueOf(e.getMessage()).replaceFirst("^(parameter )?error - ", "");
    }

    private int carryOut(Request request, CommandOutput output) throws IOException, InterruptedException {
        return switch (request) {
            case Request.Help(String text) -> output.show(text);
            case Request.Version _ -> output.show(VersionInfo.text());
            case Request.ShellCompletion(var shell) -> output.show(shell.script(OwnCommands.words()));
            case Request.Client client -> new ClientCommand(context).run(client);
            case Request.Server server
            when server.isDaemon() && !context.daemon().isReached() ->
                context.daemon().send();
            case Request.Server server -> new ServerCommand(context).run(server);
            case Request.Loopback loopback -> new LoopbackCommand(context).run(loopback);
        };
    }
}
