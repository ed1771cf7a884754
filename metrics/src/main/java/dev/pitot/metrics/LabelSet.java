package dev.pitot.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Constant labels of all samples, in the order in which they were given.
///
/// @param labels no two with the same name
public record LabelSet(List<Label> labels) {
    /// No labels.
    public static final LabelSet NONE = new LabelSet(List.of());

    /// @throws IllegalArgumentException if two labels have the same name
    public LabelSet {
        labels = List.copyOf(labels);
        Set<String> names = new HashSet<>();
        for (Label label : labels) {
            if (!names.add(label.name())) {
                throw new IllegalArgumentException("the label '" + label.name() + "' is given twice");
            }
        }
    }

    /// Name and value of a label.
    ///
    /// @param name ASCII letters, digits and underscores, not beginning with a digit
    /// @param value any text; a sink that does not support empty values rejects it
    public record Label(String name, String value) {
        /// @throws IllegalArgumentException if the name is invalid
        public Label {
            if (!MetricPrefix.isName(name)) {
                throw new IllegalArgumentException("the label name '" + name
                        + "' must consist of letters, digits and underscores, and not begin with a digit");
            }
        }

        /// Parses `name=value`. The value may contain `=`.
        ///
        /// @throws IllegalArgumentException if there is no `=`, or the name is invalid
        public static Label parse(String text) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("a label must look like NAME=VALUE: '" + text + "'");
            }
            return new Label(text.substring(0, equals), text.substring(equals + 1));
        }

        private String text() {
            String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            return name + "=\"" + escaped + "\"";
        }
    }

    /// Returns these labels followed by another one.
    ///
    /// @throws IllegalArgumentException if the name is invalid or already used
    public LabelSet with(String name, String value) {
        List<Label> more = new ArrayList<>(labels);
        more.add(new Label(name, value));
        return new LabelSet(more);
    }

    /// Returns these labels if none of their values is empty.
    ///
    /// @throws IllegalArgumentException if a value is empty
    public LabelSet withoutEmptyValues() {
        for (Label label : labels) {
            if (label.value().isEmpty()) {
                throw new IllegalArgumentException("the value of the label '" + label.name() + "' must not be empty");
            }
        }
        return this;
    }

    /// Returns the labels in Prometheus text format: `{a="1",b="2"}` with backslashes, quotes and
    /// line feeds escaped; empty without labels.
    public String text() {
        return labels.isEmpty() ? "" : labels.stream().map(Label::text).collect(Collectors.joining(",", "{", "}"));
    }
}
