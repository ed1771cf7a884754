package dev.pitot.lab.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file says, whatever language it is written in: text, rows or a table, each with its
/// place. Values are checked by whoever reads them.
sealed interface Item {
    /// Where it begins.
    Place place();

    /// One value.
    ///
    /// @param isPlain whether it was written without quotes, so that `true` is a yes
    record Text(Place place, String text, boolean isPlain) implements Item {
        boolean isTrue() {
            return isPlain && text.equals("true");
        }

        boolean isFalse() {
            return isPlain && text.equals("false");
        }

        /// Whether nothing was written, as behind a key whose lines are all commented out.
        boolean isNothing() {
            return isPlain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /// A list.
    record Rows(Place place, List<Item> items) implements Item {
        public Rows {
            items = List.copyOf(items);
        }
    }

    /// Keys with values, in the order in which they are written; no key comes twice.
    record Table(Place place, List<Entry> entries) implements Item {
        public Table {
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
    record Entry(Place place, String key, Item value) {}
}
