package dev.pitot.lab.plan;

import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node.Leftovers;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.Threshold.Figure;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.watch.Hook.Moment;
import dev.pitot.lab.watch.Watch;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The words of a plan that stand for one of a few things. The JSON Schema has the same.
final class Words<E> {
    static final Words<OperatingSystem> SYSTEMS = ofNames("system", OperatingSystem.values());
    static final Words<EngineKind> ENGINES = new Words<>("engine", EngineKind.values(), Words::engine);
    static final Words<Leftovers> LEFTOVERS = ofNames("choice", Leftovers.values());
    static final Words<OutputStyle> STYLES = ofNames("style", OutputStyle.values());
    static final Words<SeriesFormat> SERIES = ofNames("series", SeriesFormat.values());
    static final Words<Moment> MOMENTS = ofNames("moment", Moment.values());
    static final Words<Watch.Kind> WATCHES = ofNames("watch", Watch.Kind.values());
    static final Words<Figure> FIGURES = ofNames("figure", Figure.values());
    static final Words<ConnectionKind> CONNECTIONS =
            new Words<>("connection", ConnectionKind.values(), ConnectionKind::word);

    private final String what;
    private final Map<String, E> meanings = new LinkedHashMap<>();

    private Words(String what, E[] values, Function<E, String> word) {
        this.what = what;
        Arrays.stream(values).forEach(value -> meanings.put(word.apply(value), value));
    }

    private static <E extends Enum<E>> Words<E> ofNames(String what, E[] values) {
        return new Words<>(what, values, value -> value.name().toLowerCase(Locale.ROOT));
    }

    /// What an engine is called in a plan.
    static String engine(EngineKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// What a system is called in a plan.
    static String system(OperatingSystem system) {
        return system.name().toLowerCase(Locale.ROOT);
    }

    /// What they are words for, such as `system`.
    String what() {
        return what;
    }

    Collection<String> known() {
        return meanings.keySet();
    }

    @Nullable E meaning(String word) {
        return meanings.get(word);
    }
}
