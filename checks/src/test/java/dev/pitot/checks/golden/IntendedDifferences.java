package dev.pitot.checks.golden;

import dev.pitot.testkit.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Intended differences between Pitot and the recordings. Safe for any thread.
///
/// The list consists of lines `versions | cases | where | what | reason`; the first four are regular
/// expressions: of the whole version, of the name of the case with its form, of the whole place, and of
/// a part of the deviation. `#` begins a comment.
final class IntendedDifferences {
    private static final int FIELDS = 5;

    private final List<Meant> all;
    private final Set<Meant> seen = ConcurrentHashMap.newKeySet();

    private IntendedDifferences(List<Meant> all) {
        this.all = all;
    }

    /// Reads the resource `differences.txt`.
    static IntendedDifferences read() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(IntendedDifferences.class.getResourceAsStream("/differences.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return parse(text.lines().toList());
        }
    }

    /// @throws IllegalArgumentException if a line does not have five parts, or has no reason
    static IntendedDifferences parse(List<String> lines) {
        List<Meant> all = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                all.add(Meant.parse(line));
            }
        }
        return new IntendedDifferences(all);
    }

    /// True if the list has an entry for the deviation. Marks every matching entry as used.
    boolean cover(Golden recording, Deviation deviation) {
        List<Meant> fitting =
                all.stream().filter(meant -> meant.fits(recording, deviation)).toList();
        seen.addAll(fitting);
        return !fitting.isEmpty();
    }

    /// Entries without a match so far.
    List<String> unseen() {
        return all.stream()
                .filter(meant -> !seen.contains(meant))
                .map(Meant::line)
                .toList();
    }

    /// One entry of the list.
    private record Meant(String line, Pattern version, Pattern name, Pattern where, Pattern what) {
        static Meant parse(String line) {
            String[] fields = line.split(" \\| ", -1);
            if (fields.length != FIELDS || fields[FIELDS - 1].isBlank()) {
                throw new IllegalArgumentException("not `versions | cases | where | what | reason`: " + line);
            }
            return new Meant(
                    line,
                    Pattern.compile(fields[0].strip()),
                    Pattern.compile(fields[1].strip()),
                    Pattern.compile(fields[2].strip()),
                    Pattern.compile(fields[3].strip()));
        }

        boolean fits(Golden recording, Deviation deviation) {
            return version.matcher(recording.version()).matches()
                    && name.matcher(recording.name() + " " + recording.form().suffix())
                            .matches()
                    && where.matcher(deviation.where()).matches()
                    && what.matcher(deviation.what()).find();
        }
    }
}
