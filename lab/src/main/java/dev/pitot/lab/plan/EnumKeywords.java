package dev.pitot.lab.plan;

import dev.pitot.lab.hook.Hook.Moment;
import dev.pitot.lab.monitor.Monitor;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node.StaleProcessPolicy;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The words of a plan that stand for one of a few things. The JSON Schema has the same.
final class EnumKeywords<E> {
    static final EnumKeywords<OperatingSystem> SYSTEMS = ofNames("system", OperatingSystem.values());
    static final EnumKeywords<EngineKind> ENGINES =
            new EnumKeywords<>("engine", EngineKind.values(), EnumKeywords::engine);
    static final EnumKeywords<StaleProcessPolicy> LEFTOVERS = ofNames("choice", StaleProcessPolicy.values());
    static final EnumKeywords<OutputStyle> STYLES = ofNames("style", OutputStyle.values());
    static final EnumKeywords<SeriesFormat> SERIES = ofNames("series", SeriesFormat.values());
    static final EnumKeywords<Moment> MOMENTS = ofNames("moment", Moment.values());
    static final EnumKeywords<Monitor.Kind> WATCHES = ofNames("watch", Monitor.Kind.values());
    static final EnumKeywords<ThresholdMetric> FIGURES = ofNames("figure", ThresholdMetric.values());
    static final EnumKeywords<ConnectionKind> CONNECTIONS =
            new EnumKeywords<>("connection", ConnectionKind.values(), ConnectionKind::keyword);

    private final String what;
    private final Map<String, E> meanings = new LinkedHashMap<>();

    private EnumKeywords(String what, E[] values, Function<E, String> word) {
        this.what = what;
        Arrays.stream(values).forEach(value -> meanings.put(word.apply(value), value));
    }

    private static <E extends Enum<E>> EnumKeywords<E> ofNames(String what, E[] values) {
        return new EnumKeywords<>(what, values, value -> value.name().toLowerCase(Locale.ROOT));
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
