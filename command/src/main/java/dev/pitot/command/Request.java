package dev.pitot.command;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.ProbeSettings;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parsed command line.
public sealed interface Request {
    /// `-h`, after one of Pitot's own commands or alone.
    ///
    /// @param text to show
    record Help(String text) implements Request {}

    /// `-v`.
    record Version() implements Request {}

    /// `completion SHELL`: print that shell's completion script.
    record ShellCompletion(Completion shell) implements Request {}

    /// `-c host`.
    record Client(ClientConfig config, RunSettings settings) implements Request {
        /// Measurement beside the test: what the options say, and [ProbeSettings#DEFAULT] if none of them
        /// says anything.
        public ProbeSettings probe() {
            ProbeSettings wanted = config.test().metadata().probe();
            boolean isOff = settings.given().contains(ClientOptionTable.NO_PROBE);
            return wanted.equals(ProbeSettings.NONE) && !isOff ? ProbeSettings.DEFAULT : wanted;
        }
    }

    /// `-s`.
    ///
    /// @param isDaemon true to run in the background (`-D`)
    record Server(ServerConfig config, boolean isDaemon, RunSettings settings) implements Request {}

    /// `loopback`: a server and a client in one process, measured up and then down.
    ///
    /// @param test the test up; the test down is the same with the other direction
    record Loopback(TestConfig test, ReportInterval interval, RunSettings settings) implements Request {}

    /// Settings of a run besides its configuration.
    ///
    /// @param output what to show, and where
    /// @param socketFamily the name given with `--socket`; null for the best available
    /// @param pidFile file for the process id while the process runs (`-I`), or null for none
    /// @param metrics targets of live metrics
    /// @param given every option on the command line
    record RunSettings(
            OutputOptions output,
            @Nullable String socketFamily,
            @Nullable String pidFile,
            MetricsOptions metrics,
            Set<Option> given) {
        public RunSettings {
            given = Set.copyOf(given);
        }

        /// True if an option was given that applies only to a program (output, files), not to a
        /// library.
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
