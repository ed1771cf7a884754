package dev.pitot.command;

import dev.pitot.command.Option.Argument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads options as GNU getopt_long does, with its complaints word for word: bundled letters,
/// glued values,
/// `--name value` and `--name=value`, unique prefixes of iperf3's long names, `--` as the end of
/// options. One reader reads one command line, on one thread.
final class Getopt {
    private final List<String> args;
    private final List<String> operands = new ArrayList<>();
    private int next;
    /// Letters of a bundle that are still to be read.
    private String bundle = "";

    Getopt(List<String> args) {
        this.args = args;
    }

    /// One option as it was given.
    ///
    /// @param value null if the option takes none, or its optional one is absent
    record Given(Option option, @Nullable String value) {
        /// The value, empty if there is none.
        String text() {
            return value == null ? "" : value;
        }

        /// A part of the value, for numbers that stand beside others.
        Given part(String text) {
            return new Given(option, text);
        }
    }

    /// The next option, or null at the end.
    ///
    /// @throws UsageException if it is none, is ambiguous, or lacks its value
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

    /// What was neither an option nor a value, so far.
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

    /// The option of a long name, or of a prefix that only one of iperf3's long names has.
    ///
    /// @param text the name and what follows it, for complaints
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

    /// Which of an option's names is meant by a prefix; the usual one if none is.
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
