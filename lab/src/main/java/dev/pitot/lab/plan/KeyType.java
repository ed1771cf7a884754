package dev.pitot.lab.plan;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node.StaleProcessPolicy;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A type of values in plans: what the reader accepts, the JSON Schema says and the documentation
/// shows.
sealed interface KeyType {
    KeyType TEXT = new One("text", "", "");
    KeyType WORD = new One("text", "^[^-\\s]\\S*$", "one word that does not begin with a dash");
    KeyType FILE = new One("file", "", "");
    KeyType NODE = new One("node", "", "");
    KeyType NAME = new One("name", "^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$", "");
    KeyType PORT = new Whole(1, 65_535);
    KeyType YES = new Flag();
    KeyType VALUES = new Several(TEXT);
    KeyType NODES = new Several(NODE);
    KeyType WORDS = new Several(new One("words", "", ""));
    KeyType MAP = new Named(TEXT, "");
    KeyType SWEEP = new Named(VALUES, "");
    KeyType LENGTH = new DurationType(false);
    KeyType DIRECTIONS = new Several(new One("direction", "^(to|d|r|f|s|tx|tr|u)", ""));
    KeyType LIMITS = new Several(new One("limit", "^\\s*(>=|<=)", ""));
    Choice<OperatingSystem> SYSTEM = new Choice<>("system", OperatingSystem.class);
    Choice<EngineKind> ENGINE = new Choice<>("engine", EngineKind.class);
    Choice<StaleProcessPolicy> LEFTOVERS = new Choice<>("choice", StaleProcessPolicy.class);
    Choice<OutputStyle> STYLE = new Choice<>("style", OutputStyle.class);
    Choice<SeriesFormat> SERIES = new Choice<>("series", SeriesFormat.class);
    Choice<Moment> MOMENT = new Choice<>("moment", Moment.class);
    Choice<Monitor.Kind> WATCH = new Choice<>("watch", Monitor.Kind.class);
    Choice<ThresholdMetric> FIGURE = new Choice<>("figure", ThresholdMetric.class);
    Choice<ConnectionKind> CONNECTION = new Choice<>("connection", ConnectionKind.class);

    /// What documentation calls it.
    String shown();

    /// A single value.
    ///
    /// @param pattern which the schema demands; empty for any text or number
    /// @param wanted behind "must be", if the pattern is all that there is to check; else empty
    record One(String shown, String pattern, String wanted) implements KeyType {}

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
    ///
    /// @param what they are words for, such as `system`
    record Choice<E extends Enum<E>>(String what, Class<E> values) implements KeyType {
        @Override
        public String shown() {
            return known().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }

        List<String> known() {
            return Stream.of(values.getEnumConstants()).map(this::word).toList();
        }

        String word(E value) {
            String word = value.name().toLowerCase(Locale.ROOT);
            return value instanceof ConnectionKind ? word.replace('_', '-') : word;
        }

        /// What a word stands for; null if nothing.
        @Nullable E meaning(String word) {
            return Stream.of(values.getEnumConstants())
                    .filter(value -> word(value).equals(word))
                    .findFirst()
                    .orElse(null);
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
