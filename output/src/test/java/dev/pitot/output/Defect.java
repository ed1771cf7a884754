package dev.pitot.output;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/// What iperf 3.21 does wrong in some goldens, where this program differs on purpose.
///
/// @param reason why it is wrong
/// @param names of the goldens that show it
/// @param cure makes of such a golden what stands there with us
@NullMarked
public record Defect(String reason, Pattern names, UnaryOperator<String> cure) {
    /// A defect that goes away when all matches are replaced.
    public static Defect of(String reason, String names, String pattern, String replacement) {
        Pattern wrong = Pattern.compile(pattern);
        return new Defect(
                reason, Pattern.compile(names), text -> wrong.matcher(text).replaceAll(replacement));
    }

    /// A golden without its defects.
    ///
    /// @throws IllegalStateException if it does not show one that it is said to have
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
