package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// apetools' types of values: booleans, lists, dictionaries and ranges in one line of text
/// (configurationmap, BooleanValues).
final class IniValues {
    private static final Set<String> YES = Set.of("y", "yes", "1", "true", "t", "on");
    private static final Set<String> NO = Set.of("n", "no", "0", "false", "f", "off");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");
    private static final int MOST_OF_RANGE = 1000;

    private IniValues() {}

    /// Null if the text is neither a yes nor a no.
    static @Nullable Boolean bool(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return Boolean.TRUE;
        }
        return NO.contains(word) ? Boolean.FALSE : null;
    }

    /// What stands between commas; ranges `a-b` of whole numbers are written out.
    static List<String> list(String text) {
        List<String> values = new ArrayList<>();
        for (String part : text.split("[,\\n]", -1)) {
            String value = part.strip();
            Matcher range = RANGE.matcher(value);
            if (range.matches()) {
                values.addAll(range(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2))));
            } else if (!value.isEmpty()) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<String> range(int first, int last) {
        List<String> values = new ArrayList<>();
        int step = first <= last ? 1 : -1;
        for (int value = first; values.size() < MOST_OF_RANGE; value += step) {
            values.add(Integer.toString(value));
            if (value == last) {
                break;
            }
        }
        return values;
    }

    /// `k:v, k:v`, also in braces. Only the first colon of each parts a key from its value. Keys
    /// are in small letters; a part without a colon is told, but not repeated.
    static Map<String, String> dictionary(Option option) {
        String text = option.value().strip();
        if (text.startsWith("{") && text.endsWith("}")) {
            text = text.substring(1, text.length() - 1);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split("[,\\n]", -1)) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                values.put(
                        part.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        part.substring(colon + 1).strip());
            } else if (!part.isBlank()) {
                option.report("'" + option.name() + "' is a list of key:value with commas between them");
            }
        }
        return values;
    }

    static Sequence list(SourcePosition position, List<String> texts) {
        return new Sequence(
                position,
                texts.stream().<PlanValue>map(it -> text(position, it)).toList());
    }

    /// What stands between blanks.
    static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(it -> !it.isEmpty()).toList();
    }

    static Entry entry(SourcePosition position, String key, String text) {
        return new Entry(position, key, text(position, text));
    }

    /// A value as YAML would have it without quotes.
    private static Scalar text(SourcePosition position, String text) {
        return new Scalar(position, text, text.equals("true") || text.equals("false"));
    }
}
