package dev.pitot.lab.monitor;

import dev.pitot.lab.os.Battery;
import dev.pitot.lab.os.Query;
import dev.pitot.lab.os.WifiInfo;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.probe.Poller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Readings that stand alone: of a battery, of a wifi link.
///
/// @param header of the file
/// @param names of the figures, in the order of the columns
/// @param reader the figures of one reading; null if it has none
/// @param nothing a sentence about a reading without figures
record StateParser(String header, List<String> names, Query.OutputParser<Map<String, Double>> reader, String nothing)
        implements MetricParser {
    /// How full the battery is in percent, and whether it is being filled (1) or not (0).
    static StateParser battery(String node, Query.OutputParser<Battery> battery) {
        return new StateParser(
                "timestamp,percent,charging",
                List.of("battery_percent", "battery_charging"),
                mapped(battery, StateParser::figures),
                node + " reports nothing about a battery.");
    }

    /// Strength of the signal and the noise in dBm, and the rate of sending in Mbit/s.
    static StateParser signal(String node, Query.OutputParser<WifiInfo> wifi) {
        return new StateParser(
                "timestamp,rssi,noise,bitrate",
                List.of("rssi_dbm", "noise_dbm", "wifi_mbit_per_second"),
                mapped(wifi, StateParser::figures),
                node + " reports nothing about its wifi link.");
    }

    private static <T> Query.OutputParser<Map<String, Double>> mapped(
            Query.OutputParser<T> reader, Function<T, Map<String, Double>> figures) {
        return output -> {
            T state = reader.read(output);
            return state == null ? null : figures.apply(state);
        };
    }

    private static Map<String, Double> figures(Battery battery) {
        return Map.of(
                "battery_percent", (double) battery.percent(), "battery_charging", battery.isCharging() ? 1.0 : 0.0);
    }

    /// The strengths and the rate that are known.
    static Map<String, Double> figures(WifiInfo info) {
        Map<String, Double> figures = new LinkedHashMap<>();
        putKnown(figures, "rssi_dbm", info.rssiDbm());
        putKnown(figures, "noise_dbm", info.noiseDbm());
        putKnown(figures, "wifi_mbit_per_second", info.megabitsPerSecond());
        return figures;
    }

    private static void putKnown(Map<String, Double> figures, String name, @Nullable Double value) {
        if (value != null) {
            figures.put(name, value);
        }
    }

    @Override
    public void forget() {
        // each reading stands alone
    }

    @Override
    public void onBlock(Poller.Block block, MonitorLog log) {
        Map<String, Double> figures = reader.read(String.join("\n", block.lines()));
        if (figures == null || figures.isEmpty()) {
            log.remark(block.arrival(), nothing);
            return;
        }
        String cells =
                names.stream().map(name -> NumberText.text(figures.get(name))).collect(Collectors.joining(","));
        log.row(block.arrival(), cells, figures);
    }
}
