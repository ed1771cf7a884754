package dev.pitot.lab.plan;

import dev.pitot.command.CommandLine;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import dev.pitot.lab.tool.Engine;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.TestSettings;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.model.config.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the options of one test by the reader that `pitot -c` uses, and finds each that is wrong.
/// One thread.
final class TestOptions {
    private static final Pattern UNRECOGNIZED = Pattern.compile("unrecognized option '--([^'=]*)(=[^']*)?'");
    /// So many wrong options of one combination are told.
    private static final int MOST_WRONG = 50;

    private final SourcePosition test;
    private final Iperf2Options iperf2;
    private final OutputStyle style;
    private final Map<Trial, String> faults = new HashMap<>();

    TestOptions(SourcePosition test, Iperf2Options iperf2, OutputStyle style) {
        this.test = test;
        this.iperf2 = iperf2;
        this.style = style;
    }

    /// One option.
    ///
    /// @param isFlag whether it was written without a value
    record Part(SourcePosition place, List<String> words, boolean isFlag) {}

    private record Trial(Part part, @Nullable EngineKind engine) {}

    /// The options of a table, a list or a line.
    List<Part> parts(PlanValue item) {
        List<Part> parts = new ArrayList<>();
        switch (item) {
            case Scalar line -> {
                List<String> words = TableReader.words(line);
                if (!words.isEmpty() && !words.getFirst().startsWith("-")) {
                    line.report("options begin with a dash, as on the command line: '-t 10', not '10'");
                } else {
                    words.forEach(word -> addWord(line.position(), word, parts));
                }
            }
            case Sequence rows -> {
                for (PlanValue each : rows.items()) {
                    value(each).forEach(word -> addWord(each.position(), word, parts));
                }
            }
            case Mapping table ->
                table.entries().forEach(entry -> parts.add(part(entry.place(), entry.key(), entry.value())));
        }
        return parts;
    }

    /// A word with a dash begins an option; another is the value of the one before.
    private static void addWord(SourcePosition position, String word, List<Part> parts) {
        if (word.startsWith("-") || parts.isEmpty()) {
            parts.add(new Part(position, List.of(word), false));
        } else {
            Part last = parts.removeLast();
            List<String> words = new ArrayList<>(last.words());
            words.add(word);
            parts.add(new Part(last.place(), words, false));
        }
    }

    private List<String> value(PlanValue item) {
        if (item instanceof Scalar text && text.text().indexOf('\0') < 0) {
            return List.of(text.text());
        }
        item.report("a single value is needed here");
        return List.of();
    }

    /// An option by its long name: without words if it is false.
    Part part(SourcePosition position, String name, PlanValue value) {
        String option = "--" + name;
        if (value instanceof Scalar text && (text.isTrue() || text.isFalse())) {
            return new Part(position, text.isTrue() ? List.of(option) : List.of(), text.isTrue());
        }
        List<String> words = new ArrayList<>();
        if (value.isNothing()) {
            value.report("'" + name + "' needs a value, or true");
        }
        for (PlanValue each : value instanceof Sequence rows ? rows.items() : List.of(value)) {
            value(each).forEach(text -> words.add(option + "=" + text));
        }
        return new Part(position, words, false);
    }

    /// Whether an option is none.
    boolean isUnknown(Part part) {
        String fault = fault(part, null);
        return fault != null && UNRECOGNIZED.matcher(fault).find();
    }

    /// What options mean; null if they are wrong. Each that is wrong becomes a problem at its
    /// place: one whose fault alone is the fault of all is taken out, and the rest is tried again.
    ///
    /// @param engine that has to know them; null for any
    /// @param label that names the combination if no option is wrong by itself; may be empty
    @Nullable TestSettings settings(List<Part> parts, @Nullable EngineKind engine, String label) {
        List<Part> left = new ArrayList<>(parts);
        for (Part part : parts) {
            // behind another option it would take that for its value
            String fault = part.isFlag() ? fault(part, null) : null;
            if (fault != null && fault.contains("requires an argument")) {
                report(part.place(), fault);
                left.remove(part);
            }
        }
        for (int round = 0; round < MOST_WRONG; round++) {
            try {
                TestSettings settings = tried(left, engine);
                return left.size() == parts.size() ? settings : null;
            } catch (IllegalArgumentException e) {
                String fault = String.valueOf(e.getMessage());
                Part wrong = null;
                for (Part part : left) {
                    if (wrong == null && fault.equals(fault(part, engine))) {
                        wrong = part;
                    }
                }
                if (wrong == null) {
                    report(parts.isEmpty() ? test : parts.getLast().place(), fault + label);
                    return null;
                }
                report(wrong.place(), fault);
                left.remove(wrong);
            }
        }
        return null;
    }

    /// What is wrong with an option by itself; null if nothing is.
    private @Nullable String fault(Part part, @Nullable EngineKind engine) {
        String fault = faults.computeIfAbsent(new Trial(part, engine), trial -> {
            try {
                tried(List.of(part), engine);
                return "";
            } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
            }
        });
        return fault.isEmpty() ? null : fault;
    }

    private TestSettings tried(List<Part> parts, @Nullable EngineKind engine) {
        List<String> words =
                parts.stream().flatMap(part -> part.words().stream()).toList();
        TestSettings settings = TestSettings.of(words, iperf2, style);
        if (settings.config().test().direction() == Direction.REVERSE) {
            throw new IllegalArgumentException("'--reverse' is not for plans: 'directions' says which node sends");
        }
        String obstacle = engine == null ? null : Engine.obstacle(engine, settings);
        if (obstacle != null) {
            throw new IllegalArgumentException(obstacle);
        }
        return settings;
    }

    /// A suggestion is added if it is about an unknown option.
    private void report(SourcePosition position, String fault) {
        Matcher unknown = UNRECOGNIZED.matcher(fault);
        if (unknown.find()) {
            List<String> names = CommandLine.options().stream()
                    .flatMap(option -> option.names().stream())
                    .sorted()
                    .toList();
            position.reportUnknown("option", unknown.group(1), names);
        } else {
            position.report(fault);
        }
    }
}
