package dev.pitot.command;

import dev.pitot.command.Option.Argument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Option parser with the syntax of GNU getopt_long and its error texts: bundled letters, values
/// attached to letters, `--name value` and `--name=value`, unique prefixes of iperf3's long names, `--`
/// as the end of options. One instance per command line, used by one thread.
final class Getopt {
    private final List<String> args;
    private final List<String> operands = new ArrayList<>();
    private int next;
    /// Letters of a bundle not yet parsed.
    private String bundle = "";

    Getopt(List<String> args) {
        this.args = args;
    }

    /// An option as given.
    ///
    /// @param value null if the option takes none, or its optional value is absent
    record Given(Option option, @Nullable String value) {
        /// Returns the value, or an empty text if there is none.
        String text() {
            return value == null ? "" : value;
        }

        /// A part of the value, for options with several numbers.
        Given part(String text) {
            return new Given(option, text);
        }
    }

    /// Returns the next option, or null at the end.
    ///
    /// @throws UsageException if it is unknown or ambiguous, or lacks its value
    @Nullable Given next() throws UsageException {
        if (!bundle.isEmpty()) {
            return nextLetter();
        }
        while (next < args.size()) {
            String arg = args.get(next++);
            if (arg.equals("--")) {
                operands.addAll(args.subList(next, args.size()));
                next = args.size();
            } else if (arg.startsWith("--")) {
                return longOption(arg.substring(2));
            } else if (arg.length() > 1 && arg.startsWith("-")) {
                bundle = arg.substring(1);
                return nextLetter();
            } else {
                operands.add(arg);
            }
        }
        return null;
    }

    /// Returns the arguments so far that are neither options nor values.
    List<String> operands() {
        return List.copyOf(operands);
    }

    private Given nextLetter() throws UsageException {
        char letter = bundle.charAt(0);
        bundle = bundle.substring(1);
        Option option = ofLetter(letter);
        if (option.argument() != Argument.REQUIRED) {
            return new Given(option, null);
        }
        if (bundle.isEmpty()) {
            return new Given(option, following("option requires an argument -- '" + letter + "'"));
        }
        String glued = bundle;
        bundle = "";
        return new Given(option, glued);
    }

    private static Option ofLetter(char letter) throws UsageException {
        for (Option option : OptionTable.ALL) {
            if (option.hasLetter() && option.letter() == letter) {
                return option;
            }
        }
        throw new UsageException("invalid option -- '" + letter + "'");
    }

    private Given longOption(String text) throws UsageException {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        Option option = ofName(name, text);
        String fullName = "--" + fullName(option, name);
        if (equals >= 0) {
            if (option.argument() == Argument.NONE) {
                throw new UsageException("option '" + fullName + "' doesn't allow an argument");
            }
            return new Given(option, text.substring(equals + 1));
        }
        if (option.argument() == Argument.REQUIRED) {
            return new Given(option, following("option '" + fullName + "' requires an argument"));
        }
        return new Given(option, null);
    }

    /// Returns the option with a long name, or with a unique prefix of one of iperf3's long names.
    ///
    /// @param text the name and what follows it, for error messages
    static Option ofName(String name, String text) throws UsageException {
        for (Option option : OptionTable.ALL) {
            if (option.names().contains(name)) {
                return option;
            }
        }
        List<String> possibilities = new ArrayList<>();
        Option found = null;
        for (Option option : OptionTable.OF_IPERF3) {
            String full = fullName(option, name);
            if (full.startsWith(name)) {
                found = option;
                possibilities.add(" '--" + full + "'");
            }
        }
        if (found == null) {
            throw new UsageException("unrecognized option '--" + text + "'");
        }
        if (possibilities.size() > 1) {
            throw new UsageException(
                    "option '--" + text + "' is ambiguous; possibilities:" + String.join("", possibilities));
        }
        return found;
    }

    /// Returns the long name that a prefix stands for; the usual name if none matches.
    private static String fullName(Option option, String prefix) {
        for (String name : option.names()) {
            if (name.startsWith(prefix)) {
                return name;
            }
        }
        return option.names().getFirst();
    }

    private String following(String complaint) throws UsageException {
        if (next == args.size()) {
            throw new UsageException(complaint);
        }
        return args.get(next++);
    }
}
