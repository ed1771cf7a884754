package dev.pitot.lab.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file says, whatever language it is written in: text, rows or a table, each with its
/// place. Values are checked by whoever reads them.
sealed interface PlanValue {
    /// Where it begins.
    SourcePosition position();

    /// Reports what is wrong with it.
    default void report(String sentence) {
        position().report(sentence);
    }

    /// Whether nothing was written, as behind a key whose lines are all commented out.
    default boolean isNothing() {
        return this instanceof Scalar scalar
                && scalar.isPlain()
                && List.of("", "~", "null").contains(scalar.text());
    }

    /// One value.
    ///
    /// @param isPlain whether it was written without quotes, so that `true` is a yes
    record Scalar(SourcePosition position, String text, boolean isPlain) implements PlanValue {
        boolean isTrue() {
            return isPlain && text.equals("true");
        }

        boolean isFalse() {
            return isPlain && text.equals("false");
        }
    }

    /// A list.
    record Sequence(SourcePosition position, List<PlanValue> items) implements PlanValue {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// Keys with values, in the order in which they are written; no key comes twice.
    record Mapping(SourcePosition position, List<Entry> entries) implements PlanValue {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Nullable Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /// A key and its value.
    record Entry(SourcePosition place, String key, PlanValue value) {}
}
