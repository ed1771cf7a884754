package dev.pitot.cli.lab;

import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tests chosen by patterns `TEST/NODE/TAG`: the test's name, the device's, and values of variables and
/// sweeps as `angle_90` or `angle=90`, several joined by commas. `*` stands for any characters; what is
/// left out at the end may be anything.
final class OnlyTests implements Predicate<TestCase> {
    private static final int PARTS = 3;

    private final List<List<Pattern>> patterns = new ArrayList<>();

    /// @param texts empty for all tests
    /// @throws IllegalArgumentException with a sentence, if one is no such pattern
    OnlyTests(List<String> texts) {
        for (String text : texts) {
            String[] parts = text.split("/", -1);
            if (parts.length > PARTS || text.isBlank()) {
                throw new IllegalArgumentException("invalid value '" + text + "' for " + LabOptions.ONLY
                        + ": TEST/NODE/TAG is needed, such as 'tcp/*/angle_90'");
            }
            List<Pattern> pattern = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                for (String each : i < 2 ? List.of(parts[i]) : List.of(parts[i].split(","))) {
                    pattern.add(glob(each));
                }
            }
            patterns.add(pattern);
        }
    }

    private static Pattern glob(String text) {
        return Pattern.compile(text.chars()
                .mapToObj(sign -> sign == '*' ? ".*" : Pattern.quote(Character.toString(sign)))
                .collect(Collectors.joining()));
    }

    @Override
    public boolean test(TestCase test) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, test));
    }

    private static boolean matches(List<Pattern> pattern, TestCase test) {
        boolean isNamed = pattern.getFirst().matcher(test.spec().test()).matches()
                && (pattern.size() < 2
                        || pattern.get(1).matcher(test.pair().node()).matches());
        return isNamed
                && pattern.stream()
                        .skip(2)
                        .allMatch(tag -> hasTag(tag, test.spec().parameters()));
    }

    private static boolean hasTag(Pattern tag, ParameterSet parameters) {
        Map<String, String> values = new LinkedHashMap<>(parameters.variables());
        values.putAll(parameters.sweep());
        return tag.matcher("").matches()
                || tag.pattern().equals(".*")
                || values.entrySet().stream()
                        .anyMatch(value -> tag.matcher(value.getKey() + "_" + value.getValue())
                                        .matches()
                                || tag.matcher(value.getKey() + "=" + value.getValue())
                                        .matches());
    }
}
