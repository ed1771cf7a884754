package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.plan.PlanValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML 1.2 into items, within limits: what is nested, repeated by aliases or written
/// twice cannot take more memory or stack than stated here. One use, one thread.
final class YamlText {
    /// Tables and lists within each other.
    private static final int MOST_DEPTH = 50;

    private static final int MOST_ALIASES = 50;
    /// Values after aliases have been put in.
    private static final int MOST_ITEMS = 200_000;

    /// The key of YAML 1.1 whose value's entries become those of the table that it stands in.
    private static final String MERGE = "<<";

    private final Diagnostics diagnostics;
    private int items;

    private YamlText(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// What a text says; null if it says nothing or cannot be read.
    static @Nullable PlanValue read(String text, Diagnostics diagnostics) {
        var yaml = new YamlText(diagnostics);
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(PlanFile.MOST_BYTES)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            if (!yaml.isWithinLimits(parser(settings, text))) {
                return null;
            }
            Optional<Node> root = new Composer(settings, parser(settings, text)).getSingleNode();
            return root.isEmpty() ? null : yaml.item(root.get(), 1);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            diagnostics.add(
                    mark.map(YamlText::position).orElse(SourcePosition.START), "this is no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            // a character that YAML does not allow; the rest of the message is about a buffer
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            diagnostics.add(SourcePosition.START, "this is no YAML: " + first);
        }
        return null;
    }

    private static ParserImpl parser(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private boolean isWithinLimits(ParserImpl events) {
        int depth = 0;
        int aliases = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event.getEventId() == Event.ID.Alias) {
                aliases++;
            }
            if (depth > MOST_DEPTH || aliases > MOST_ALIASES) {
                diagnostics.add(
                        event.getStartMark().map(YamlText::position).orElse(SourcePosition.START),
                        depth > MOST_DEPTH
                                ? "lists and tables are nested more than " + MOST_DEPTH + " deep"
                                : "there are more than " + MOST_ALIASES + " aliases");
                return false;
            }
        }
        return true;
    }

    /// An item; null if it must not be.
    private @Nullable PlanValue item(Node node, int depth) {
        SourcePosition position = position(node);
        // Aliases can hold themselves, and can make much of little.
        if (depth > MOST_DEPTH || ++items > MOST_ITEMS) {
            if (items <= MOST_ITEMS + 1) {
                diagnostics.add(position, "aliases make this plan too large: write the values out");
                items = MOST_ITEMS + 1;
            }
            return null;
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, position);
            case SequenceNode sequence -> rows(sequence, position, depth);
            case MappingNode mapping -> table(mapping, position, depth);
            default -> throw new IllegalStateException("an unknown node of YAML: " + node.getNodeType());
        };
    }

    private Scalar scalar(ScalarNode scalar, SourcePosition position) {
        Tag tag = scalar.getTag();
        if (!tag.getValue().startsWith(Tag.PREFIX) || tag.equals(Tag.BINARY)) {
            diagnostics.add(position, "tags such as " + Diagnostics.quoted(tag.getValue()) + " are not used in plans");
        }
        return new Scalar(position, scalar.getValue(), scalar.isPlain());
    }

    private Sequence rows(SequenceNode sequence, SourcePosition position, int depth) {
        List<PlanValue> found = new ArrayList<>();
        for (Node each : sequence.getValue()) {
            PlanValue item = item(each, depth + 1);
            if (item != null) {
                found.add(item);
            }
        }
        return new Sequence(position, found);
    }

    private Mapping table(MappingNode mapping, SourcePosition position, int depth) {
        Map<String, Entry> own = new LinkedHashMap<>();
        List<Entry> merged = new ArrayList<>();
        boolean merges = false;
        for (NodeTuple tuple : mapping.getValue()) {
            SourcePosition at = position(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                diagnostics.add(at, "a key must be a word");
                continue;
            }
            String key = scalar.getValue();
            Entry before = own.get(key);
            if (before != null) {
                diagnostics.add(
                        at,
                        "key " + Diagnostics.quoted(key) + " is already in line "
                                + before.place().line());
                continue;
            }
            PlanValue value = item(tuple.getValueNode(), depth + 1);
            if (value != null) {
                own.put(key, new Entry(at, key, value));
            }
            if (value != null && key.equals(MERGE) && scalar.isPlain()) {
                merge(value, merged);
                merges = true;
            }
        }
        if (merges) {
            // own keys win, then those that are merged first; each keeps the place where it is written
            own.remove(MERGE);
            merged.forEach(entry -> own.putIfAbsent(entry.key(), entry));
        }
        return new Mapping(position, List.copyOf(own.values()));
    }

    private void merge(PlanValue value, List<Entry> merged) {
        for (PlanValue each : value instanceof Sequence rows ? rows.items() : List.of(value)) {
            if (each instanceof Mapping table) {
                merged.addAll(table.entries());
            } else {
                diagnostics.add(each.position(), "'<<' merges tables: write '<<: *name', or '<<: [*one, *other]'");
            }
        }
    }

    private static SourcePosition position(Node node) {
        return node.getStartMark().map(YamlText::position).orElse(SourcePosition.START);
    }

    private static SourcePosition position(Mark mark) {
        return new SourcePosition(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
