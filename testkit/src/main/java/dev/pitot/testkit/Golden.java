package dev.pitot.testkit;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Recorded test of the real iperf3: commands and their output.
///
/// Each is one file, `iperf3/VERSION/NAME-FORM.golden` of [GoldenFiles]. Its sections begin with
/// `== `: `== client: COMMAND`, `== exit: CODE`, `== stdout` and `== stderr` if not empty; then the
/// same for `== server:`.
///
/// @param version version of iperf3: `3.12` or `3.21`
/// @param name name of the case, for example `tcp-R`
/// @param form output format of the client, and usually of both ends
/// @param client the end under test; a server if the case is about one that fails to start
/// @param server the other end; null if there was none
public record Golden(
        String version,
        String name,
        Form form,
        End client,
        @Nullable End server) {
    private static final String SUFFIX = ".golden";

    /// Output format of a program.
    public enum Form {
        TXT,
        JSON;

        public String suffix() {
            return switch (this) {
                case TXT -> "txt";
                case JSON -> "json";
            };
        }
    }

    /// Recording of one of the two programs.
    ///
    /// @param command command line without quotes
    /// @param form output format
    /// @param exitCode exit code as in a shell: 128 + number if it was killed by a signal
    /// @param stdout standard output
    /// @param stderr standard error
    public record End(String command, Form form, int exitCode, String stdout, String stderr) {}

    /// Returns the tests of all versions, ordered by version and name.
    public static List<Golden> all() {
        return Read.ALL;
    }

    /// Read once, by the first who asks.
    private static final class Read {
        static final List<Golden> ALL =
                Stream.of("3.12", "3.21").flatMap(Golden::ofVersion).toList();
    }

    private static Stream<Golden> ofVersion(String version) {
        String folder = "iperf3/" + version;
        return GoldenFiles.names(folder, "tcp-txt" + SUFFIX).stream().map(file -> {
            String stem = file.substring(0, file.length() - SUFFIX.length());
            return of(
                    version,
                    stem.substring(0, stem.lastIndexOf('-')),
                    stem.endsWith("-" + Form.TXT.suffix()) ? Form.TXT : Form.JSON);
        });
    }

    /// Returns one test.
    ///
    /// @throws IllegalArgumentException if there is no such test
    public static Golden of(String version, String name, Form form) {
        String file = "iperf3/" + version + "/" + name + "-" + form.suffix() + SUFFIX;
        return new GoldenParser(GoldenFiles.text(file)).parse(version, name, form);
    }

    /// Returns the standard outputs of all ends: clients under `NAME.FORM`, servers under
    /// `NAME.server.FORM`.
    public static SortedMap<String, String> outputs(String version) {
        SortedMap<String, String> outputs = new TreeMap<>();
        for (Golden golden : all()) {
            if (golden.version.equals(version)) {
                golden.addOutputs(outputs);
            }
        }
        return outputs;
    }

    private void addOutputs(SortedMap<String, String> outputs) {
        outputs.put(name + "." + form.suffix(), client.stdout());
        if (server != null) {
            outputs.put(name + ".server." + server.form().suffix(), server.stdout());
        }
    }

    @Override
    public String toString() {
        return version + " " + name + " " + form.suffix();
    }
}
