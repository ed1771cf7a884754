import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Results of one row: the runs of each peer, by round.
final class Table {
    private final String title;
    private final String unit;
    private final Map<String, Map<Integer, TestRun>> runs = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    Table(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    void add(String peer, int round, TestRun run) {
        runs.computeIfAbsent(peer, _ -> new LinkedHashMap<>()).put(round, run);
    }

    void fail(String peer, String reason) {
        failures.put(peer, reason);
    }

    private static Statistics statistics(Map<Integer, TestRun> all, java.util.function.ToDoubleFunction<TestRun> value) {
        List<Double> values = all.values().stream()
                .map(value::applyAsDouble)
                .filter(number -> !number.isNaN())
                .toList();
        return values.isEmpty() ? null : Statistics.of(values);
    }

    private static String text(Statistics statistics) {
        return statistics == null
                ? "–"
                : Statistics.text(statistics.median()) + " (" + Statistics.text(statistics.lowest()) + ".."
                        + Statistics.text(statistics.highest()) + ")";
    }

    /// Pitot's figure over the peer's, of each round that both have.
    private Statistics ratio(String peer, java.util.function.ToDoubleFunction<TestRun> value) {
        Map<Integer, TestRun> own = runs.getOrDefault("Pitot", Map.of());
        var ratios = new ArrayList<Double>();
        runs.get(peer).forEach((round, run) -> {
            TestRun mine = own.get(round);
            double quotient = mine == null ? Double.NaN : value.applyAsDouble(mine) / value.applyAsDouble(run);
            if (!Double.isNaN(quotient)) {
                ratios.add(quotient);
            }
        });
        return ratios.isEmpty() ? null : Statistics.of(ratios);
    }

    private static String withInterval(Statistics ratio) {
        if (ratio == null) {
            return "–";
        }
        double[] interval = ratio.interval();
        return "%s (%s..%s), 95 %% %s..%s"
                .formatted(
                        Statistics.text(ratio.median()),
                        Statistics.text(ratio.lowest()),
                        Statistics.text(ratio.highest()),
                        Statistics.text(interval[0]),
                        Statistics.text(interval[1]));
    }

    /// A table of Markdown, which reads well on a terminal too.
    String markdown() {
        var out = new StringBuilder("**" + title + "**, " + unit + "\n\n");
        boolean isPaced = runs.values().stream().anyMatch(all -> statistics(all, TestRun::windowOff) != null);
        out.append("| program | median (lowest..highest) | lost, % | CPU, % of a core per Gbit/s | seconds of both ends differ by, %");
        out.append(isPaced ? " | worst 100 ms off by, %" : "");
        out.append(" | Pitot / program: rate | Pitot / program: CPU |\n|---|---|---|---|---|---|---|");
        out.append(isPaced ? "---|\n" : "\n");
        for (var peer : runs.entrySet()) {
            Map<Integer, TestRun> all = peer.getValue();
            String window = isPaced ? text(statistics(all, TestRun::windowOff)) + " | " : "";
            out.append("| %s | %s | %s | %s | %s | %s%s | %s |\n"
                    .formatted(
                            peer.getKey(),
                            text(statistics(all, TestRun::rate)),
                            text(statistics(all, TestRun::lostPercent)),
                            text(statistics(all, TestRun::cpu)),
                            text(statistics(all, TestRun::secondsOff)),
                            window,
                            peer.getKey().equals("Pitot") ? "" : withInterval(ratio(peer.getKey(), TestRun::rate)),
                            peer.getKey().equals("Pitot") ? "" : withInterval(ratio(peer.getKey(), TestRun::cpu))));
        }
        failures.forEach((peer, reason) -> out.append("| %s | failed: %s | | | | | |\n".formatted(peer, reason)));
        return out.append('\n').toString();
    }

    /// The runs, one object for each peer.
    String json() {
        var peers = new ArrayList<String>();
        runs.forEach((peer, all) -> peers.add("{\"program\": \"%s\", \"runs\": [%s]}"
                .formatted(peer, String.join(", ", all.values().stream().map(Table::json).toList()))));
        return "{\"row\": \"%s\", \"unit\": \"%s\", \"programs\": [%s]}"
                .formatted(title, unit, String.join(", ", peers));
    }

    private static String json(TestRun run) {
        return "{\"rate\": %s, \"lost_percent\": %s, \"cpu\": %s, \"window_off_percent\": %s, \"seconds_off_percent\": %s}"
                .formatted(
                        number(run.rate()),
                        number(run.lostPercent()),
                        number(run.cpu()),
                        number(run.windowOff()),
                        number(run.secondsOff()));
    }

    private static String number(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? "null" : String.format(Locale.ROOT, "%.6f", value);
    }
}
