package dev.pitot.output;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/// Defect of iperf 3.21 in some golden files, from which Pitot differs intentionally.
///
/// @param reason reason why it is a defect
/// @param names names of the golden files that contain it
/// @param cure converts such a golden file to Pitot's output
@NullMarked
public record Defect(String reason, Pattern names, UnaryOperator<String> cure) {
    /// Returns a defect that is corrected by replacing all matches.
    public static Defect of(String reason, String names, String pattern, String replacement) {
        Pattern wrong = Pattern.compile(pattern);
        return new Defect(
                reason, Pattern.compile(names), text -> wrong.matcher(text).replaceAll(replacement));
    }

    /// Returns a golden file with its defects corrected.
    ///
    /// @throws IllegalStateException if it does not contain a listed defect
    public static String cure(String name, String text, List<Defect> defects) {
        String cured = text;
        for (Defect defect : defects) {
            if (defect.names.matcher(name).matches()) {
                String better = defect.cure.apply(cured);
                if (better.equals(cured)) {
                    throw new IllegalStateException("not in " + name + ": " + defect.reason);
                }
                cured = better;
            }
        }
        return cured;
    }
}
