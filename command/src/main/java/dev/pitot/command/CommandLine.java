package dev.pitot.command;

import dev.pitot.model.error.InvalidSettingException;
import java.util.List;
import java.util.Set;

/// Turns a command line into what it asks for. iperf3's options in iperf3's spelling; the first
/// words `loopback` and `completion` are Pitot's own commands. What is wrong is told in
/// iperf3's order: first what is wrong by itself, in the order of the line, then what does not
/// go together (iperf_api.c: iperf_parse_arguments).
public final class CommandLine {
    /// The first word of a command that runs a server and a client in one process.
    public static final String LOOPBACK = "loopback";

    /// The first word of a command that prints a script for a shell.
    public static final String COMPLETION = "completion";

    private static final Set<String> HELP = Set.of("-h", "--help");

    private CommandLine() {}

    /// Reads a command line, and the files with keys, users and password that it names.
    ///
    /// @param passwords asked once if a client has a name to show and no password file
    /// @param environment where some options have their defaults
    /// @throws UsageException if it asks for nothing that can be done
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

    /// What `--help` shows: every option with a line or two, within 80 columns.
    public static String help() {
        return HelpText.all();
    }

    /// All options of iperf3 and Pitot, in the order of the help.
    public static List<Option> options() {
        return OptionTable.ALL;
    }

    /// The option that a long name means on a command line.
    ///
    /// @param name without dashes; of iperf3's options a prefix that is unique will do
    /// @throws UsageException in getopt_long's words, if there is none, or more than one
    public static Option option(String name) throws UsageException {
        return Getopt.ofName(name, name);
    }
}
