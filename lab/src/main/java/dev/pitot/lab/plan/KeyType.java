package dev.pitot.lab.plan;

import java.util.List;
import java.util.stream.Collectors;

/// A type of values in plans: what the reader accepts, the JSON Schema says and the documentation
/// shows. Values of a [One] are checked further by their reader.
sealed interface KeyType {
    KeyType TEXT = new One("text", "");
    KeyType FILE = new One("file", "");
    KeyType NODE = new One("node", "");
    KeyType NAME = new One("name", "^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$");
    KeyType PORT = new Whole(1, 65_535);
    KeyType YES = new Flag();
    KeyType VALUES = new Several(TEXT);
    KeyType NODES = new Several(NODE);
    KeyType WORDS = new Several(new One("words", ""));
    KeyType MAP = new Named(TEXT, "");
    KeyType SWEEP = new Named(VALUES, "");
    KeyType LENGTH = new DurationType(false);
    KeyType DIRECTIONS = new Several(new One("direction", "^(to|d|r|f|s|tx|tr|u)"));
    KeyType LIMITS = new Several(new One("limit", "^\\s*(>=|<=)"));

    /// What documentation calls it.
    String shown();

    /// A single value.
    ///
    /// @param pattern which the schema demands; empty for any text or number
    record One(String shown, String pattern) implements KeyType {}

    /// `true` or `false`.
    record Flag() implements KeyType {
        @Override
        public String shown() {
            return "`true`, `false`";
        }
    }

    /// A whole number.
    record Whole(int least, int most) implements KeyType {
        @Override
        public String shown() {
            return least + " … " + most;
        }
    }

    /// A length of time.
    ///
    /// @param mayBeZero whether 0 means something
    record DurationType(boolean mayBeZero) implements KeyType {
        @Override
        public String shown() {
            return "length of time";
        }
    }

    /// One of a few words.
    record Choice(EnumKeywords<?> keywords) implements KeyType {
        @Override
        public String shown() {
            return keywords.known().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }
    }

    /// A list, or a single value for a list of one.
    record Several(KeyType each) implements KeyType {
        @Override
        public String shown() {
            return each instanceof One one && one.shown().equals("words") ? "words" : "list of " + each.shown();
        }
    }

    /// A list of exactly two.
    record Two(KeyType each) implements KeyType {
        @Override
        public String shown() {
            return "two of " + each.shown();
        }
    }

    /// A table whose keys are names that the plan gives.
    ///
    /// @param pattern of the names; empty for any
    record Named(KeyType each, String pattern) implements KeyType {
        @Override
        public String shown() {
            return "table by names";
        }
    }

    /// A table with keys of its own.
    record Keys(PlanKeys table) implements KeyType {
        @Override
        public String shown() {
            return "table";
        }
    }

    /// One of several types.
    record Either(String shown, List<KeyType> types) implements KeyType {
        public Either {
            types = List.copyOf(types);
        }
    }

    /// Whatever is written.
    record Anything() implements KeyType {
        @Override
        public String shown() {
            return "anything";
        }
    }
}
