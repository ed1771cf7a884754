package dev.pitot.cli.option;

import dev.pitot.cli.option.OutputOptions.Detail;
import dev.pitot.cli.option.OutputOptions.Form;
import dev.pitot.cli.option.OutputOptions.LinePrefix;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the options that say what is shown of a run, and where. Used by one thread.
final class OutputDraft {
    private static final String UNITS = "kmgtKMGT";
    private static final String DEFAULT_TIMESTAMP = "%c "; // iperf.h: TIMESTAMP_FORMAT
    private static final int MAX_DEBUG_LEVEL = 4; // iperf.h: DEBUG_LEVEL_MAX

    private Form form = Form.TEXT;
    private boolean verbose;
    private int debugLevel;
    private char unit = Detail.ADAPTIVE_UNIT;
    private @Nullable String timestamps;
    private @Nullable String logFile;

    /// @param title of a client's lines, or null
    OutputOptions build(@Nullable String title) {
        return new OutputOptions(
                form, new Detail(verbose, debugLevel, unit), new LinePrefix(timestamps, title), logFile, warnings());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (form != Form.TEXT && unit != Detail.ADAPTIVE_UNIT) {
            warnings.add("Report format (-f) flag ignored with JSON output (-J)");
        }
        if (form != Form.TEXT && verbose) {
            warnings.add("Verbose output (-v) may interfere with JSON output (-J)");
        }
        if (form != Form.TEXT && debugLevel > 0) {
            warnings.add("Debug output (-d) may interfere with JSON output (-J)");
        }
        return warnings;
    }

    void json() {
        if (form == Form.TEXT) {
            form = Form.JSON;
        }
    }

    void jsonStream() {
        form = Form.JSON_STREAM;
    }

    void verbose() {
        verbose = true;
    }

    /// `-d`, `--debug[=n]`: a negative level is the highest, as upstream has it.
    void debug(@Nullable String value) throws UsageException {
        int level = value == null ? MAX_DEBUG_LEVEL : Numbers.whole(Option.DEBUG, value);
        debugLevel = level < 0 ? MAX_DEBUG_LEVEL : Math.min(level, MAX_DEBUG_LEVEL);
    }

    /// `-f`: only the first letter counts.
    void format(String value) {
        if (value.isEmpty() || UNITS.indexOf(value.charAt(0)) < 0) {
            throw new InvalidSettingException(IperfError.FORMAT);
        }
        unit = value.charAt(0);
    }

    void timestamps(@Nullable String format) {
        timestamps = format == null ? DEFAULT_TIMESTAMP : format;
    }

    void logFile(String path) {
        logFile = path;
    }
}
