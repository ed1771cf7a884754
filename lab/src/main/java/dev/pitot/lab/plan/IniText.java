package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads INI in the dialect of Python's ConfigParser, as apetools did: sections in upper and
/// lower case told apart, names of options in small letters, `name = value` or `name: value`,
/// lines that begin with a blank continue the one before, comments behind `#` and `;`, what
/// [DEFAULT] has is in every section, `%(name)s` stands for another option. One thread.
final class IniText {
    static final String DEFAULT = "DEFAULT";

    private static final Pattern HEADER = Pattern.compile("\\[([^\\]]+)\\]\\s*(.*)");
    private static final Pattern OPTION = Pattern.compile("([^:=\\s][^:=]*)[:=](.*)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)[#;].*$");
    private static final Pattern REFERENCE = Pattern.compile("%\\(([^)]*)\\)s");
    /// ConfigParser: MAX_INTERPOLATION_DEPTH.
    private static final int MOST_DEPTH = 10;

    private static final int MOST_CHARACTERS = 65_536;

    private final Diagnostics diagnostics;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private @Nullable Section section;
    private @Nullable Option last;

    private IniText(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// A section, without what [DEFAULT] has.
    ///
    /// @param options by their names, in order
    record Section(String name, SourcePosition position, Map<String, Option> options) {}

    /// One line, or several.
    ///
    /// @param value without blanks around it
    record Option(String name, String value, SourcePosition position) {
        void report(String sentence) {
            position.report(sentence);
        }

        /// An entry of a plan that stands where the option does.
        Entry entry(String key, String text) {
            return IniValues.entry(position, key, text);
        }

        Entry entry(String key, List<String> texts) {
            return new Entry(position, key, IniValues.list(position, texts));
        }

        /// An entry with a length of time as apetools reads it; what is none is told when it is
        /// read.
        Entry length(String key) {
            Duration length = DurationParser.parseByFirstLetter(value);
            return entry(key, length == null ? value : length.toMillis() + " ms");
        }
    }

    static IniText read(String text, Diagnostics diagnostics) {
        var ini = new IniText(diagnostics);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            ini.line(lines.get(i), i + 1);
        }
        return ini;
    }

    private void line(String raw, int number) {
        String line = COMMENT.matcher(raw).replaceFirst("").stripTrailing();
        if (line.isBlank()) {
            return;
        }
        var position = new SourcePosition(
                diagnostics, number, 1 + line.length() - line.stripLeading().length());
        boolean isContinued = Character.isWhitespace(line.charAt(0)) && last != null;
        Matcher header = HEADER.matcher(line.strip());
        if (!isContinued && header.matches()) {
            String name = header.group(1);
            section = sections.computeIfAbsent(name, it -> new Section(it, position, new LinkedHashMap<>()));
            last = null;
            if (header.group(2).isEmpty()) {
                return;
            }
            line = header.group(2); // an option behind the header
        }
        Section current = section;
        Option before = last;
        if (current == null) {
            position.report("a section such as [TEST] comes first");
        } else if (isContinued && before != null) {
            put(current, new Option(before.name(), (before.value() + "\n" + line.strip()).strip(), before.position()));
        } else {
            Matcher option = OPTION.matcher(line.strip());
            if (!option.matches()) {
                position.report("a line is 'name = value', a [SECTION], or a comment behind #");
                return;
            }
            String value = option.group(2).strip();
            String name = option.group(1).strip().toLowerCase(Locale.ROOT);
            put(current, new Option(name, value.equals("\"\"") ? "" : value, position));
        }
    }

    private void put(Section current, Option option) {
        current.options().put(option.name(), option);
        last = option;
    }

    /// Takes note of what is not imported.
    void note(Option option, String sentence) {
        notes.add("line " + option.position().line() + ": " + sentence);
    }

    List<String> notes() {
        return notes;
    }

    @Nullable Section section(String name) {
        return sections.get(name);
    }

    /// Where a section begins, or the file if there is none.
    SourcePosition position(String name) {
        Section found = sections.get(name);
        return found == null ? diagnostics.start() : found.position();
    }

    /// The options that a section has by itself, with references put in.
    List<Option> options(String name) {
        Section found = sections.get(name);
        List<Option> options = new ArrayList<>();
        if (found != null) {
            found.options().keySet().forEach(key -> {
                Option option = option(name, key);
                if (option != null) {
                    options.add(option);
                }
            });
        }
        return options;
    }

    /// An option of a section or of [DEFAULT], with references put in; null if there is none.
    @Nullable Option option(String sectionName, String name) {
        Option option = raw(sectionName, name);
        return option == null
                ? null
                : new Option(name, resolved(sectionName, option, option.value(), 1), option.position());
    }

    private @Nullable Option raw(String sectionName, String name) {
        Section found = sections.get(sectionName);
        Option option = found == null ? null : found.options().get(name);
        Section defaults = sections.get(DEFAULT);
        return option != null || defaults == null ? option : defaults.options().get(name);
    }

    private String resolved(String sectionName, Option from, String text, int depth) {
        Matcher reference = REFERENCE.matcher(text);
        var resolved = new StringBuilder();
        while (reference.find()) {
            String name = reference.group(1).strip().toLowerCase(Locale.ROOT);
            Option other = raw(sectionName, name);
            String value = "";
            if (other == null) {
                from.report("there is no option " + Diagnostics.quoted(name) + " to put in here");
            } else if (depth >= MOST_DEPTH || resolved.length() > MOST_CHARACTERS) {
                from.report("options refer to each other in a circle, or make too long a text");
                return "";
            } else {
                value = resolved(sectionName, from, other.value(), depth + 1);
                if (!diagnostics.isEmpty() && value.isEmpty()) {
                    return ""; // one complaint is enough
                }
            }
            reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        reference.appendTail(resolved);
        return resolved.toString().replace("%%", "%");
    }
}
