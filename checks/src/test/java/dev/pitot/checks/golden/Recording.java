package dev.pitot.checks.golden;

import org.jspecify.annotations.Nullable;

/// One recorded test: what was run, and what it printed.
///
/// @param version of iperf3: `3.12` or `3.21`
/// @param name of the case, for example `tcp-R`
/// @param form in which the client prints, and mostly both ends
/// @param client the end that was watched; a server where the case is about one that does not
///     come up
/// @param server the other end; null where there was none
record Recording(
        String version,
        String name,
        Form form,
        End client,
        @Nullable End server) {
    /// How a program prints.
    enum Form {
        TXT,
        JSON;

        String suffix() {
            return switch (this) {
                case TXT -> "txt";
                case JSON -> "json";
            };
        }
    }

    /// One of the two programs.
    ///
    /// @param command as a shell would have it, less the quotes
    /// @param form in which it prints
    /// @param exitCode as in a shell: 128 + number for one that died of a signal
    /// @param stdout all of it
    /// @param stderr all of it
    record End(String command, Form form, int exitCode, String stdout, String stderr) {}

    @Override
    public String toString() {
        return version + " " + name + " " + form.suffix();
    }
}
