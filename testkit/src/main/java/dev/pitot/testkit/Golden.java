package dev.pitot.testkit;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One recorded test of the real iperf3: what was run, and what it printed.
///
/// Each is one file, `iperf3/VERSION/NAME-FORM.golden` of [GoldenFiles]. Lines that begin with
/// `== ` part it: `== client: COMMAND`, `== exit: CODE`, `== stdout` and `== stderr` where
/// something was printed there; then the same for `== server:`.
///
/// @param version of iperf3: `3.12` or `3.21`
/// @param name of the case, for example `tcp-R`
/// @param form in which the client prints, and mostly both ends
/// @param client the end that was watched; a server where the case is about one that does not
///     come up
/// @param server the other end; null where there was none
public record Golden(
        String version,
        String name,
        Form form,
        End client,
        @Nullable End server) {
    private static final String SUFFIX = ".golden";

    /// How a program prints.
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

    /// One of the two programs.
    ///
    /// @param command as a shell would have it, less the quotes
    /// @param form in which it prints
    /// @param exitCode as in a shell: 128 + number for one that died of a signal
    /// @param stdout all of it
    /// @param stderr all of it
    public record End(String command, Form form, int exitCode, String stdout, String stderr) {}

    /// Those of all versions, in the order of version and name.
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

    /// One of them.
    ///
    /// @throws IllegalArgumentException if there is no such test
    public static Golden of(String version, String name, Form form) {
        String file = "iperf3/" + version + "/" + name + "-" + form.suffix() + SUFFIX;
        return new GoldenParser(GoldenFiles.text(file)).parse(version, name, form);
    }

    /// The standard outputs of all ends: of clients under `NAME.FORM`, of servers under
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
