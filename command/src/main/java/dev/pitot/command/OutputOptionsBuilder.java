package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.command.OutputOptions.Detail;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.LinePrefix;
import dev.pitot.command.OutputOptions.Notices;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builder of the output options. Used by one thread.
final class OutputOptionsBuilder {
    private static final String UNITS = "kmgtKMGT";
    private static final String DEFAULT_TIMESTAMP = "%c "; // iperf.h: TIMESTAMP_FORMAT
    private static final int MAX_DEBUG_LEVEL = 4; // iperf.h: DEBUG_LEVEL_MAX

    private final List<String> notices = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean json;
    private boolean jsonStream;
    private boolean fullOutput;
    private boolean verbose;
    private int debugLevel;
    private boolean findings = true;
    private char unit = Detail.ADAPTIVE_UNIT;
    private @Nullable String timestamps;
    private @Nullable String logFile;

    /// @param title for a client's lines, or null
    OutputOptions build(@Nullable String title) {
        return new OutputOptions(
                form(),
                new Detail(verbose, debugLevel, unit, findings),
                new LinePrefix(timestamps, title),
                logFile,
                notices());
    }

    /// `--json-stream-full-output` applies to JSON streams only; without `--json-stream` it has no
    /// effect, as in iperf3.
    private Form form() {
        if (jsonStream) {
            return fullOutput ? Form.JSON_STREAM_AND_DOCUMENT : Form.JSON_STREAM;
        }
        return json ? Form.JSON : Form.TEXT;
    }

    private Notices notices() {
        if (form() == Form.TEXT) {
            return new Notices(notices, warnings);
        }
        List<String> lines = new ArrayList<>(notices);
        lines.addAll(warnings);
        lines.addAll(aboutJson());
        return new Notices(List.of(), lines);
    }

    private List<String> aboutJson() {
        List<String> warnings = new ArrayList<>();
        if (unit != Detail.ADAPTIVE_UNIT) {
            warnings.add("warning: Report format (-f) flag ignored with JSON output (-J)");
        }
        if (verbose) {
            warnings.add("warning: Verbose output (-v) may interfere with JSON output (-J)");
        }
        if (debugLevel > 0) {
            warnings.add("warning: Debug output (-d) may interfere with JSON output (-J)");
        }
        return warnings;
    }

    /// Adds a line to show first: on standard output, as in iperf3, unless a JSON document goes there.
    void notice(String line) {
        notices.add(line);
    }

    /// Adds a line to show first, on standard error.
    void warning(String line) {
        warnings.add(line);
    }

    void noFindings() {
        findings = false;
    }

    void json() {
        json = true;
    }

    void jsonStream() {
        jsonStream = true;
    }

    void fullOutput() {
        fullOutput = true;
    }

    void verbose() {
        verbose = true;
    }

    /// `-d`, `--debug[=n]`: a negative level means the highest, as in iperf3.
    void debug(Given given) throws UsageException {
        int level = given.value() == null ? MAX_DEBUG_LEVEL : NumberArguments.whole(given);
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
