package dev.pitot.command;

import dev.pitot.model.error.InvalidSettingException;
import java.util.List;
import java.util.Set;

/// Parser of command lines. iperf3's options have iperf3's spelling; the first words `loopback` and
/// `completion` are Pitot's own commands. Errors are reported in iperf3's order: first invalid single
/// options in the order of the command line, then invalid combinations (iperf_api.c:
/// iperf_parse_arguments).
public final class CommandLine {
    /// First word of the command that runs a server and a client in one process.
    public static final String LOOPBACK = "loopback";

    /// First word of the command that prints a completion script for a shell.
    public static final String COMPLETION = "completion";

    private static final Set<String> HELP = Set.of("-h", "--help");

    private CommandLine() {}

    /// Parses a command line, and reads the files with keys, users and password that it names.
    ///
    /// @param passwords queried once if a client has a user name but no password file
    /// @param environment defaults of some options
    /// @throws UsageException if the command line is invalid
    public static Request parse(List<String> args, PasswordSource passwords, Environment environment)
            throws UsageException {
        if (!args.isEmpty() && args.getFirst().equals(COMPLETION)) {
            List<String> shell = args.subList(1, args.size());
            return shell.stream().anyMatch(HELP::contains)
                    ? new Request.Help(HelpText.COMPLETION)
                    : new Request.ShellCompletion(Completion.of(String.join(" ", shell)));
        }
        boolean isLoopback = !args.isEmpty() && args.getFirst().equals(LOOPBACK);
        var options = new Getopt(isLoopback ? args.subList(1, args.size()) : args);
        var request = new RequestBuilder();
        try {
            for (var found = options.next(); found != null; found = options.next()) {
                Option option = found.option();
                if (option == CommonOptionTable.HELP) {
                    return new Request.Help(isLoopback ? HelpText.loopback() : help());
                }
                if (option == CommonOptionTable.VERSION) {
                    return new Request.Version();
                }
                if (isLoopback && !option.isOfLoopback()) {
                    throw UsageException.parameter(option + " is not an option of " + LOOPBACK);
                }
                request.accept(found);
            }
            return isLoopback ? request.loopback() : request.build(passwords, environment);
        } catch (InvalidSettingException e) {
            throw UsageException.parameter(String.valueOf(e.getMessage()));
        }
    }

    /// Returns the text of `--help`: every option with a line or two, within 80 columns.
    public static String help() {
        return HelpText.all();
    }

    /// All options of iperf3 and Pitot, in the order of the help.
    public static List<Option> options() {
        return OptionTable.ALL;
    }

    /// Returns the option with a long name.
    ///
    /// @param name without dashes; for iperf3's options a unique prefix is enough
    /// @throws UsageException with getopt_long's message if no option, or more than one, matches
    public static Option option(String name) throws UsageException {
        return Getopt.ofName(name, name);
    }
}
