package dev.pitot.lab.monitor;

import dev.pitot.lab.process.CommandTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One look at a node: what it told of its kernel, addresses, wifi, processors and battery.
///
/// @param node its name
/// @param facts what was understood, by name in a fixed order: `kernel`, `addresses.IFACE`,
/// `cpus`,
///     `load`, `ssid`, `bssid`, `channel`, `rssi_dbm`, `noise_dbm`,
///     `wifi_mbit_per_second`, `battery_percent`,
///     `battery_charging`; what was not told is absent
/// @param error why the look is not whole, a sentence; null if it is
public record DeviceState(
        String node, Map<String, String> facts, @Nullable String error) {
    public DeviceState {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /// Looks at a node. Each question is asked by one command.
    ///
    /// @param timeout with each question
    public static DeviceState query(CommandTarget target, Duration timeout) throws InterruptedException {
        return new DeviceStateProbe(target, timeout).query();
    }

    /// The state as lines for a file: the node's name, then `name: value` for each fact.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("node: " + node);
        facts.forEach((name, value) -> lines.add(name + ": " + value));
        if (error != null) {
            lines.add("trouble: " + error);
        }
        return List.copyOf(lines);
    }
}
