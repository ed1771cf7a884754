package dev.pitot.lab.hook;

import dev.pitot.output.json.DocumentReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Standard output of a hook: lines `name=value`, or a last line that is one flat JSON object; else
/// the last line is the tag if it can be. `tag` sets the tag, `fail` is the reason why the hook has
/// failed, unless it is `false`, `0` or empty. Whatever a hook writes, only a bounded part of it is kept. Used by one
/// thread at a time.
final class HookOutputParser {
    private static final int MAX_VALUES = 50;
    private static final int MAX_CHARACTERS = 200;
    private static final int MAX_JSON_CHARACTERS = 64 * 1024;
    private static final int MAX_NOTES = 5;
    private static final Set<String> NO_FAILURE = Set.of("", "false", "0");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");
    private static final Pattern VALUE_LINE = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]{0,100})=(.*)", Pattern.DOTALL);

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private String last = "";
    private @Nullable String tag;
    private @Nullable String failure;

    /// A line of standard output.
    void line(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return;
        }
        Matcher value = VALUE_LINE.matcher(text);
        if (value.matches()) {
            put(value.group(1), value.group(2));
            last = "";
        } else {
            last = text.length() > MAX_JSON_CHARACTERS ? text.substring(0, MAX_JSON_CHARACTERS) : text;
        }
    }

    /// The outcome of a hook that has ended well and has written all of its lines.
    HookResult result() {
        if (last.startsWith("{")) {
            object();
        } else if (tag == null && TAG.matcher(last).matches()) {
            tag = last;
        }
        return new HookResult(tag, failure, values, List.copyOf(notes));
    }

    private void object() {
        Map<String, Object> members;
        try {
            members = DocumentReader.readWithNumbersAsWritten(last);
        } catch (IllegalArgumentException _) {
            note("its last line is not one JSON object of at most " + MAX_JSON_CHARACTERS / 1024 + " KiB");
            return;
        }
        members.forEach((name, value) -> {
            switch (value) {
                case Map<?, ?> _, List<?> _ -> note("'" + shown(name) + "' is not a number or a text");
                default -> put(name, value.toString());
            }
        });
    }

    private void put(String name, String raw) {
        String value = raw.replaceAll("\\p{Cntrl}", "").strip();
        boolean isLong = value.length() > MAX_CHARACTERS;
        if (name.equals("fail")) { // a failure is never lost
            if (!NO_FAILURE.contains(value)) {
                String reason = isLong ? value.substring(0, MAX_CHARACTERS) + "…" : value;
                failure = reason.equals("true") ? "it reported a failure without a reason" : reason;
            }
        } else if (name.equals("tag")) {
            setTag(value);
        } else if (!NAME.matcher(name).matches()) {
            note("'" + shown(name) + "' cannot be the name of a value: use [a-z][a-z0-9_]{0,40}");
        } else if (isLong) {
            note("'" + name + "' is longer than " + MAX_CHARACTERS + " characters");
        } else if (values.size() >= MAX_VALUES && !values.containsKey(name)) {
            note("a hook reports at most " + MAX_VALUES + " values");
        } else {
            values.put(name, value);
        }
    }

    private void setTag(String value) {
        if (TAG.matcher(value).matches()) {
            tag = value;
        } else {
            note("'" + shown(value) + "' cannot be a tag: use [A-Za-z0-9._-]{1,64}");
        }
    }

    private void note(String sentence) {
        if (notes.size() < MAX_NOTES) {
            notes.add(sentence);
        }
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "");
        return plain.length() > MAX_CHARACTERS ? plain.substring(0, MAX_CHARACTERS) + "…" : plain;
    }
}
