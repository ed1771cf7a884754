package dev.pitot.command;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a command line asks for.
public sealed interface Request {
    /// `-h`, behind one of Pitot's own commands or alone.
    ///
    /// @param text what is shown
    record Help(String text) implements Request {}

    /// `-v`.
    record Version() implements Request {}

    /// `completion SHELL`: a script by which that shell completes command lines.
    record ShellCompletion(Completion shell) implements Request {}

    /// `-c host`.
    record Client(ClientConfig config, RunSettings settings) implements Request {}

    /// `-s`.
    ///
    /// @param isDaemon whether it shall run in the background (`-D`)
    record Server(ServerConfig config, boolean isDaemon, RunSettings settings) implements Request {}

    /// `loopback`: a server and a client in one process, measured up and then down.
    ///
    /// @param test the test up; the test down is the same with the other direction
    record Loopback(TestConfig test, ReportInterval interval, RunSettings settings) implements Request {}

    /// What a run needs besides its configuration.
    ///
    /// @param output what is shown, and where
    /// @param socketFamily the name given with `--socket`; null for the best there is
    /// @param pidFile holds the process's number while it runs (`-I`), or null for none
    /// @param metrics where live figures go
    /// @param given every option that was on the command line
    record RunSettings(
            OutputOptions output,
            @Nullable String socketFamily,
            @Nullable String pidFile,
            MetricsOptions metrics,
            Set<Option> given) {
        public RunSettings {
            given = Set.copyOf(given);
        }

        /// Whether anything is asked for that only a program can show or write, not a library.
        public boolean isForProgram() {
            return output.form() != OutputOptions.Form.TEXT
                    || !output.detail().equals(OutputOptions.Detail.USUAL)
                    || output.prefix().timestampFormat() != null
                    || output.logFile() != null
                    || pidFile != null
                    || !metrics.isEmpty();
        }
    }
}
