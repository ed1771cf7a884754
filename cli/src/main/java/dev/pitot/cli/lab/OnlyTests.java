package dev.pitot.cli.lab;

import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.model.text.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tests chosen by patterns `TEST/NODE/TAG`: the test's name, the device's, and values of variables and
/// sweeps as `angle_90` or `angle=90`, several joined by commas. `*` stands for any characters; what is
/// left out at the end may be anything.
final class OnlyTests implements Predicate<TestCase> {
    private static final int PARTS = 3;
    private static final int MOST_SHOWN = 12;

    private final List<String> texts;
    private final List<List<Pattern>> patterns = new ArrayList<>();

    /// @param texts empty for all tests
    /// @throws IllegalArgumentException with a sentence, if one is no such pattern
    OnlyTests(List<String> texts) {
        this.texts = List.copyOf(texts);
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

    /// A sentence for each pattern that chooses none of these tests, with what may have been meant.
    List<String> unmatched(Collection<TestCase> tests) {
        return texts.stream()
                .filter(text -> tests.stream().noneMatch(new OnlyTests(List.of(text))))
                .map(text -> "no test matches " + LabOptions.ONLY + " '" + text + "': " + meant(text, tests))
                .toList();
    }

    /// The first part that no test has is reported, or all of them as they may have been meant.
    private static String meant(String written, Collection<TestCase> tests) {
        List<String> meant = new ArrayList<>();
        List<TestCase> left = List.copyOf(tests);
        for (String part : written.split("/", -1)) {
            int place = meant.size();
            meant.add(part);
            List<TestCase> had =
                    left.stream().filter(test -> isLike(meant, test)).toList();
            if (had.isEmpty()) {
                List<String> known = left.stream()
                        .flatMap(test -> words(place, test))
                        .distinct()
                        .toList();
                String nearest = Suggestion.nearest(part, known);
                if (nearest == null) {
                    String shown = known.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
                    return "'" + part + "' is none of " + (known.isEmpty() ? "its values: it has none" : shown)
                            + (known.size() > MOST_SHOWN ? " …" : "");
                }
                meant.set(place, nearest);
                had = left.stream().filter(test -> isLike(meant, test)).toList();
            }
            left = had;
        }
        return "did you mean '" + String.join("/", meant) + "'?";
    }

    private static boolean isLike(List<String> parts, TestCase test) {
        String pattern = String.join("/", parts);
        return !pattern.isBlank() && new OnlyTests(List.of(pattern)).test(test);
    }

    /// What a part of a pattern may be for a test.
    private static Stream<String> words(int part, TestCase test) {
        return switch (part) {
            case 0 -> Stream.of(test.spec().test());
            case 1 -> Stream.of(test.pair().node());
            default ->
                values(test.spec().parameters()).entrySet().stream()
                        .flatMap(value -> Stream.of("_", "=").map(sign -> value.getKey() + sign + value.getValue()));
        };
    }

    private static Map<String, String> values(ParameterSet parameters) {
        Map<String, String> values = new LinkedHashMap<>(parameters.variables());
        values.putAll(parameters.sweep());
        return values;
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
        return tag.matcher("").matches()
                || tag.pattern().equals(".*")
                || values(parameters).entrySet().stream()
                        .anyMatch(value -> tag.matcher(value.getKey() + "_" + value.getValue())
                                        .matches()
                                || tag.matcher(value.getKey() + "=" + value.getValue())
                                        .matches());
    }
}
