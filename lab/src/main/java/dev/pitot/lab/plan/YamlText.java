package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML 1.2 into values, within limits: what is nested, repeated by aliases or written
/// twice cannot take more memory, time or stack than stated here. One use, one thread.
final class YamlText {
    /// Tables and lists within each other.
    private static final int MOST_DEPTH = 50;
    /// Those that an alias stands for count each time.
    private static final int MOST_VALUES = 200_000;

    /// The key of YAML 1.1 whose value's entries become those of the table that it stands in.
    private static final String MERGE = "<<";

    private final Diagnostics diagnostics;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int values;

    private YamlText(Diagnostics diagnostics, Iterator<Event> events) {
        this.diagnostics = diagnostics;
        this.events = events;
    }

    /// What an alias stands for.
    ///
    /// @param count of the values in it, itself included
    private record Anchored(PlanValue value, int count) {}

    /// What a text says; null if it says nothing.
    ///
    /// @throws PlanException if it is not YAML
    static @Nullable PlanValue read(String text, Diagnostics diagnostics) throws PlanException {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(Plans.MOST_BYTES)
                .build();
        try {
            var parser = new ParserImpl(settings, new StreamReader(settings, text));
            return new YamlText(diagnostics, parser).document();
        } catch (MarkedYamlEngineException e) {
            diagnostics.at(e.getProblemMark().or(e::getContextMark)).report("this is no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            // a character that YAML does not allow; the rest of the message is about a buffer
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            diagnostics.start().report("this is no YAML: " + first);
        }
        throw diagnostics.exception();
    }

    private @Nullable PlanValue document() throws PlanException {
        events.next(); // the start of the stream
        if (!(events.next() instanceof DocumentStartEvent)) {
            return null;
        }
        PlanValue root = value(events.next(), 1);
        events.next(); // the end of the document
        Event after = events.next();
        if (after instanceof DocumentStartEvent) {
            position(after).report("a plan is one YAML document; a second one starts here");
        }
        return root;
    }

    private PlanValue value(Event event, int depth) throws PlanException {
        SourcePosition position = position(event);
        if (depth > MOST_DEPTH) {
            throw refused(position, "lists and tables are nested more than " + MOST_DEPTH + " deep");
        }
        int before = values++;
        if (values > MOST_VALUES) {
            throw refused(position, "aliases make this plan too large: write the values out");
        }
        PlanValue value = switch (event) {
            case AliasEvent alias -> aliased(alias.getAlias(), position);
            case ScalarEvent scalar -> scalar(scalar, position);
            case SequenceStartEvent _ -> sequence(position, depth);
            case MappingStartEvent _ -> mapping(position, depth);
            default -> throw new IllegalStateException("an unknown event of YAML: " + event);
        };
        if (event instanceof NodeEvent node && !(node instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(value, values - before)));
        }
        return value;
    }

    private PlanValue aliased(Anchor anchor, SourcePosition position) throws PlanException {
        Anchored found = anchors.get(anchor);
        if (found == null) {
            throw refused(position, "no anchor " + Diagnostics.quoted("&" + anchor.getValue()) + " ends before here");
        }
        values += found.count();
        return found.value();
    }

    private static Scalar scalar(ScalarEvent scalar, SourcePosition position) {
        String tag = scalar.getTag().orElse(Tag.PREFIX);
        if (!tag.startsWith(Tag.PREFIX) || tag.equals(Tag.BINARY.getValue())) {
            position.report("tags such as " + Diagnostics.quoted(tag) + " are not used in plans");
        }
        return new Scalar(position, scalar.getValue(), scalar.isPlain());
    }

    private Sequence sequence(SourcePosition position, int depth) throws PlanException {
        List<PlanValue> items = new ArrayList<>();
        for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
            items.add(value(next, depth + 1));
        }
        return new Sequence(position, items);
    }

    private Mapping mapping(SourcePosition position, int depth) throws PlanException {
        Map<String, Entry> own = new LinkedHashMap<>();
        @Nullable List<Entry> merged = null;
        for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            SourcePosition at = position(next);
            PlanValue key = value(next, depth + 1);
            PlanValue value = value(events.next(), depth + 1);
            if (!(key instanceof Scalar word)) {
                at.report("a key must be a word");
                continue;
            }
            Entry before = own.putIfAbsent(word.text(), new Entry(at, word.text(), value));
            if (before != null) {
                at.report("key " + Diagnostics.quoted(word.text()) + " is already in line "
                        + before.place().line());
            } else if (word.text().equals(MERGE) && word.isPlain()) {
                merged = merged(value);
            }
        }
        if (merged != null) {
            // own keys win, then those that are merged first; each keeps the place where it is written
            own.remove(MERGE);
            merged.forEach(entry -> own.putIfAbsent(entry.key(), entry));
        }
        return new Mapping(position, List.copyOf(own.values()));
    }

    private static List<Entry> merged(PlanValue value) {
        List<Entry> merged = new ArrayList<>();
        for (PlanValue each : value instanceof Sequence list ? list.items() : List.of(value)) {
            if (each instanceof Mapping table) {
                merged.addAll(table.entries());
            } else {
                each.report("'<<' merges tables: write '<<: *name', or '<<: [*one, *other]'");
            }
        }
        return merged;
    }

    private PlanException refused(SourcePosition position, String sentence) {
        position.report(sentence);
        return diagnostics.exception();
    }

    private SourcePosition position(Event event) {
        return diagnostics.at(event.getStartMark());
    }
}
