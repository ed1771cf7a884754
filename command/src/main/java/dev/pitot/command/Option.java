package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An option of iperf 3.21 or of Pitot's own: one row of [OptionTable], with all its properties.
/// Parsing, help, the manual page, shell completion and docs/compatibility.md are derived from the rows.
/// Immutable.
public final class Option {
    private static final char NO_LETTER = 0;

    private final Role role;
    private final List<String> names;
    private final char letter;
    private final int place;
    private final Value value;
    private final String help;
    private final String manual;
    private final boolean ofLoopback;
    private final String loopbackHelp;
    private final Setter setter;

    private Option(Builder row, Setter setter) {
        this.role = row.role;
        this.names = row.names;
        this.letter = row.letter;
        this.place = row.place;
        this.value = row.value;
        this.help = row.help;
        this.manual = row.manual;
        this.ofLoopback = row.ofLoopback;
        this.loopbackHelp = row.loopbackHelp;
        this.setter = setter;
    }

    /// Role that the option applies to. The other role rejects it.
    public enum Role {
        BOTH,
        CLIENT,
        SERVER
    }

    /// Presence of a value. An optional one is written `--name=value` only.
    public enum Argument {
        NONE,
        REQUIRED,
        OPTIONAL
    }

    /// Kind of value.
    ///
    /// @param label written after the name in the help, with its separator
    /// @param isFile true if it is the path of a file
    /// @param choices all possible values, or those worth completing; empty if there are too many
    /// @param listing shell command that lists the values known to this machine; null for none
    record Value(
            Argument argument,
            String label,
            boolean isFile,
            List<String> choices,
            @Nullable String listing) {
        static final Value NONE = new Value(Argument.NONE, "", false, List.of(), null);
    }

    /// Setter that stores an option's value in the request.
    @FunctionalInterface
    interface Setter {
        /// Sets an option.
        ///
        /// @throws UsageException if the value is invalid
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

    /// Role that the option applies to.
    public Role role() {
        return role;
    }

    /// Presence of a value.
    public Argument argument() {
        return value.argument();
    }

    /// Long names without dashes, the usual one first.
    public List<String> names() {
        return names;
    }

    /// All spellings, with dashes: the letter first, then the long names.
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

    /// True if iperf3 has the option. Others must be written in full, so that each abbreviation of an
    /// iperf3 option has the same meaning as in iperf3.
    boolean isOfIperf3() {
        return place >= 0;
    }

    /// Position in iperf's table (iperf_api.c: longopts), which is the order in which the matches of an
    /// ambiguous abbreviation are listed.
    int place() {
        return place;
    }

    Value value() {
        return value;
    }

    /// What is written after the name for its value, with its separator, such as ` <file>`; empty for none.
    public String label() {
        return value.label();
    }

    /// Description in one line.
    public String help() {
        return help;
    }

    /// Further sentences of the manual page; empty for most options.
    public String manual() {
        return manual;
    }

    /// True if `loopback` accepts the option, too.
    boolean isOfLoopback() {
        return ofLoopback;
    }

    /// The row as the help and the manual page of `loopback` have it.
    Option inLoopback() {
        if (loopbackHelp.isEmpty()) {
            return this;
        }
        Builder row =
                new Builder(role, names.toArray(String[]::new)).letter(letter).iperf(place);
        row.value = value;
        return row.loopback().help(loopbackHelp).sets(setter);
    }

    /// Sets the option.
    void set(RequestBuilder request, Given given) throws UsageException {
        setter.set(request, given);
    }

    /// The usual long name with its dashes.
    @Override
    public String toString() {
        return "--" + names.getFirst();
    }

    /// Builder of a row. [#sets] is the last step.
    static final class Builder {
        private final Role role;
        private final List<String> names;
        private char letter = NO_LETTER;
        private int place = -1;
        private Value value = Value.NONE;
        private String help = "";
        private String manual = "";
        private boolean ofLoopback;
        private String loopbackHelp = "";

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

        /// Adds a required value.
        Builder value(String label) {
            value = new Value(Argument.REQUIRED, label, false, List.of(), null);
            return this;
        }

        /// Adds an optional value, after an equals sign.
        Builder optional(String label) {
            value = new Value(Argument.OPTIONAL, label, false, List.of(), null);
            return this;
        }

        /// Adds the path of a file as value.
        Builder file(String label) {
            value = new Value(Argument.REQUIRED, label, true, List.of(), null);
            return this;
        }

        /// Adds a value out of a few choices.
        ///
        /// @param choices separated by blanks
        Builder choice(String label, String choices) {
            value = new Value(Argument.REQUIRED, label, false, List.of(choices.split(" ", -1)), null);
            return this;
        }

        /// Adds a value that this machine can list.
        ///
        /// @param command lists the values, in every shell
        Builder listed(String label, String command) {
            value = new Value(Argument.REQUIRED, label, false, List.of(), command);
            return this;
        }

        Builder loopback() {
            ofLoopback = true;
            return this;
        }

        /// Adds an option of `loopback` that has another default there, or no use for a part of the text.
        ///
        /// @param text the description in the help of `loopback`, without further sentences
        Builder loopback(String text) {
            loopbackHelp = text;
            return loopback();
        }

        Builder help(String text) {
            help = text;
            return this;
        }

        /// Adds sentences that only the manual page has, after the help.
        Builder manual(String text) {
            manual = text;
            return this;
        }

        Option sets(Setter setter) {
            return new Option(this, setter);
        }

        /// Ends the row of an option without a setter; only its presence is queried.
        Option onlyGiven() {
            return sets((_, _) -> {});
        }
    }
}
