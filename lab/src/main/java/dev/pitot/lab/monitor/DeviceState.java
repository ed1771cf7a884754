package dev.pitot.lab.monitor;

import dev.pitot.lab.os.Battery;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.Query.QueryCommand;
import dev.pitot.lab.os.WifiInfo;
import dev.pitot.lab.probe.NumberText;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.ConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The state of a node: its kernel, addresses, wifi, processors and battery.
///
/// @param node its name
/// @param facts what was understood, by name in a fixed order: `kernel`, `addresses.IFACE`, `cpus`, `load`,
///     `ssid`, `bssid`, `channel`, `rssi_dbm`, `noise_dbm`, `wifi_mbit_per_second`, `battery_percent`,
///     `battery_charging`; what was not reported is absent
/// @param error why the look is not whole, a sentence; null if it is
public record DeviceState(
        String node, Map<String, String> facts, @Nullable String error) {
    private static final int MAX_FACT_CHARACTERS = 500;
    private static final List<String> KERNEL = List.of(
            "sh",
            "-c",
            "uname -a 2>/dev/null; echo; cat /proc/loadavg 2>/dev/null; echo; "
                    + "grep -c ^processor /proc/cpuinfo 2>/dev/null");
    private static final List<String> ADDRESSES =
            List.of("sh", "-c", "ip -o addr 2>/dev/null || ifconfig -a 2>/dev/null");
    private static final Pattern IP = Pattern.compile("^[0-9]+: (\\S+) +inet6? (\\S+)");
    private static final Pattern IFCONFIG_TITLE = Pattern.compile("^([^\\s:]+)");
    private static final Pattern IFCONFIG_ADDRESS = Pattern.compile("^\\s+inet6? (?:addr: ?)?(\\S+)");

    public DeviceState {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /// Looks at a node, within its timeout for a command.
    public static DeviceState query(CommandTarget target) throws InterruptedException {
        OsAdapter adapter = OsAdapter.of(target.system());
        if (!adapter.runsCommands()) {
            return new DeviceState(target.name(), Map.of(), "No command can be run on " + target.name() + ".");
        }
        List<String> kernel = target.hasShell() ? KERNEL : List.of("cmd", "/c", "ver");
        QueryCommand<WifiInfo> wifi = wifi(adapter, target);
        QueryCommand<Battery> battery = adapter.battery().asOneCommand(target.system());
        List<List<String>> commands = new ArrayList<>(List.of(kernel));
        if (target.hasShell()) {
            commands.add(ADDRESSES);
        }
        commands.addAll(wifi == null ? List.of() : List.of(wifi.command()));
        commands.addAll(battery == null ? List.of() : List.of(battery.command()));
        Map<String, String> facts = new LinkedHashMap<>();
        try {
            List<List<String>> answers = new ArrayList<>(target.commands().runAll(commands));
            putKernel(facts, answers.removeFirst());
            if (target.hasShell()) {
                putAddresses(facts, answers.removeFirst());
            }
            if (wifi != null) {
                putWifi(facts, wifi.reader().read(String.join("\n", answers.removeFirst())));
            }
            Battery state = battery == null ? null : battery.reader().read(String.join("\n", answers.removeFirst()));
            if (state != null) {
                put(facts, "battery_percent", Integer.toString(state.percent()));
                put(facts, "battery_charging", Boolean.toString(state.isCharging()));
            }
            return new DeviceState(target.name(), facts, null);
        } catch (ConnectionException e) {
            return new DeviceState(target.name(), facts, e.getMessage());
        }
    }

    private static @Nullable QueryCommand<WifiInfo> wifi(OsAdapter adapter, CommandTarget target) {
        try {
            return target.networkInterface() == null
                    ? null
                    : adapter.wifi(target.networkInterface()).asOneCommand(target.system());
        } catch (IllegalArgumentException _) {
            return null; // not the name of an interface
        }
    }

    private static void putKernel(Map<String, String> facts, List<String> lines) {
        for (String line : lines) {
            if (line.matches("[0-9]{1,6}")) {
                put(facts, "cpus", line);
            } else if (line.matches("[0-9.]+ [0-9.]+ [0-9.]+ .*")) {
                put(facts, "load", line.substring(0, line.indexOf(' ')));
            } else {
                put(facts, "kernel", line);
            }
        }
    }

    /// `2: eth0    inet 10.0.0.2/24 …`, and of `ifconfig` an interface's name before the
    /// lines of its addresses.
    private static void putAddresses(Map<String, String> facts, List<String> lines) {
        Map<String, List<String>> addresses = new LinkedHashMap<>();
        String name = "";
        for (String line : lines) {
            Matcher brief = IP.matcher(line);
            Matcher title = IFCONFIG_TITLE.matcher(line);
            Matcher address = IFCONFIG_ADDRESS.matcher(line);
            if (brief.find()) {
                addresses
                        .computeIfAbsent(brief.group(1), _ -> new ArrayList<>())
                        .add(brief.group(2));
            } else if (title.find()) {
                name = title.group(1);
            } else if (address.find() && !name.isEmpty()) {
                addresses.computeIfAbsent(name, _ -> new ArrayList<>()).add(address.group(1));
            }
        }
        addresses.forEach(
                (networkInterface, all) -> put(facts, "addresses." + networkInterface, String.join(" ", all)));
    }

    private static void putWifi(Map<String, String> facts, @Nullable WifiInfo info) {
        if (info != null) {
            put(facts, "ssid", info.ssid());
            put(facts, "bssid", info.bssid());
            put(facts, "channel", info.channel() == null ? null : info.channel().toString());
            StateParser.figures(info).forEach((name, value) -> put(facts, name, NumberText.text(value)));
        }
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            String text = value.strip().replaceAll("\\p{Cntrl}", " ");
            facts.putIfAbsent(
                    name, text.length() > MAX_FACT_CHARACTERS ? text.substring(0, MAX_FACT_CHARACTERS) : text);
        }
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
