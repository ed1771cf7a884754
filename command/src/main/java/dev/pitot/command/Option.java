package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An option of iperf 3.21 or of Pitot's own: one row of [OptionTable], with everything that is
/// known of it. Parsing, help, completion of shells and docs/compatibility.md follow the rows.
/// Immutable.
public final class Option {
    private static final char NO_LETTER = 0;

    private final Role role;
    private final List<String> names;
    private final char letter;
    private final int place;
    private final Value value;
    private final String help;
    private final boolean ofLoopback;
    private final Setter setter;

    private Option(Builder row, Setter setter) {
        this.role = row.role;
        this.names = row.names;
        this.letter = row.letter;
        this.place = row.place;
        this.value = row.value;
        this.help = row.help;
        this.ofLoopback = row.ofLoopback;
        this.setter = setter;
    }

    /// The role that an option is for. The other refuses it.
    public enum Role {
        BOTH,
        CLIENT,
        SERVER
    }

    /// Whether a value follows. An optional one is written `--name=value` only.
    public enum Argument {
        NONE,
        REQUIRED,
        OPTIONAL
    }

    /// The kind of value.
    ///
    /// @param label as the help writes it behind the name, with what parts the two
    /// @param isFile whether it is the path of a file
    /// @param choices all possible values, or those worth completing; empty if there are too many
    /// @param listing a shell's command that lists those that this machine knows; null if there is none
    record Value(
            Argument argument,
            String label,
            boolean isFile,
            List<String> choices,
            @Nullable String listing) {
        static final Value NONE = new Value(Argument.NONE, "", false, List.of(), null);
    }

    /// Puts what an option says where it belongs.
    @FunctionalInterface
    interface Setter {
        /// Sets one.
        ///
        /// @throws UsageException if the value is wrong
        void set(RequestBuilder request, Given given) throws UsageException;
    }

    /// A row for both roles.
    ///
    /// @param names long names, the usual one first
    static Builder both(String... names) {
        return new Builder(Role.BOTH, names);
    }

    /// A row for clients only.
    static Builder client(String... names) {
        return new Builder(Role.CLIENT, names);
    }

    /// A row for servers only.
    static Builder server(String... names) {
        return new Builder(Role.SERVER, names);
    }

    /// The role that it is for.
    public Role role() {
        return role;
    }

    /// Whether a value follows it.
    public Argument argument() {
        return value.argument();
    }

    /// Long names without dashes, the usual one first.
    public List<String> names() {
        return names;
    }

    /// All ways to write it, with dashes: the letter first, then the long names.
    public List<String> spellings() {
        List<String> spellings = new ArrayList<>();
        if (hasLetter()) {
            spellings.add("-" + letter);
        }
        names.forEach(name -> spellings.add("--" + name));
        return spellings;
    }

    boolean hasLetter() {
        return letter != NO_LETTER;
    }

    char letter() {
        return letter;
    }

    /// Whether iperf3 has it. Others must be written in full, so that each abbreviation of
    /// iperf3's means what it means there.
    boolean isOfIperf3() {
        return place >= 0;
    }

    /// Its place in iperf's table (iperf_api.c: longopts), which is the order in which an
    /// ambiguous abbreviation lists its possibilities.
    int place() {
        return place;
    }

    Value value() {
        return value;
    }

    /// The sentence that explains it, in one line.
    String help() {
        return help;
    }

    /// Whether `loopback` has it, too.
    boolean isOfLoopback() {
        return ofLoopback;
    }

    /// Sets what was given.
    void set(RequestBuilder request, Given given) throws UsageException {
        setter.set(request, given);
    }

    /// The usual long name with its dashes.
    @Override
    public String toString() {
        return "--" + names.getFirst();
    }

    /// A row that is being written. Each step says one thing; [#sets] is the last.
    static final class Builder {
        private final Role role;
        private final List<String> names;
        private char letter = NO_LETTER;
        private int place = -1;
        private Value value = Value.NONE;
        private String help = "";
        private boolean ofLoopback;

        private Builder(Role role, String... names) {
            this.role = role;
            this.names = List.of(names);
        }

        Builder letter(char letter) {
            this.letter = letter;
            return this;
        }

        /// @param place in iperf's table; without this step the option is Pitot's own
        Builder iperf(int place) {
            this.place = place;
            return this;
        }

        /// A value follows.
        Builder value(String label) {
            value = new Value(Argument.REQUIRED, label, false, List.of(), null);
            return this;
        }

        /// A value may follow behind an equals sign.
        Builder optional(String label) {
            value = new Value(Argument.OPTIONAL, label, false, List.of(), null);
            return this;
        }

        /// The path of a file follows.
        Builder file(String label) {
            value = new Value(Argument.REQUIRED, label, true, List.of(), null);
            return this;
        }

        /// One of a few values follows.
        ///
        /// @param choices with blanks between them
        Builder choice(String label, String choices) {
            value = new Value(Argument.REQUIRED, label, false, List.of(choices.split(" ", -1)), null);
            return this;
        }

        /// A value follows that this machine knows.
        ///
        /// @param command lists them, in every shell
        Builder listed(String label, String command) {
            value = new Value(Argument.REQUIRED, label, false, List.of(), command);
            return this;
        }

        Builder loopback() {
            ofLoopback = true;
            return this;
        }

        Builder help(String text) {
            help = text;
            return this;
        }

        Option sets(Setter setter) {
            return new Option(this, setter);
        }

        /// The row of an option that has no effect of its own: its presence is asked about.
        Option onlyGiven() {
            return sets((_, _) -> {});
        }
    }
}
