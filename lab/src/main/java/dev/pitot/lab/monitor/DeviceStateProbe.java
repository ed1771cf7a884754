package dev.pitot.lab.monitor;

import dev.pitot.lab.os.Battery;
import dev.pitot.lab.os.OsAdapter;
import dev.pitot.lab.os.WifiInfo;
import dev.pitot.lab.probe.BoundQuery;
import dev.pitot.lab.probe.Probe;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks a node for its state. Used by one thread.
final class DeviceStateProbe {
    private static final int MAX_FACT_CHARACTERS = 500;
    private static final Probe UNIX = new Probe.ShellScript(
            "uname -a 2>/dev/null; echo; cat /proc/loadavg 2>/dev/null; echo; "
                    + "grep -c ^processor /proc/cpuinfo 2>/dev/null",
            List.of());
    private static final Probe ADDRESSES =
            new Probe.ShellScript("ip -o addr 2>/dev/null || ifconfig -a 2>/dev/null", List.of());
    private static final Pattern IP = Pattern.compile("^[0-9]+: (\\S+) +inet6? (\\S+)");
    private static final Pattern IFCONFIG_TITLE = Pattern.compile("^([^\\s:]+)");
    private static final Pattern IFCONFIG_ADDRESS = Pattern.compile("^\\s+inet6? (?:addr: ?)?(\\S+)");
    private static final Probe WINDOWS = new Probe.Command(List.of("cmd", "/c", "ver"));

    private final CommandTarget target;
    private final Duration timeout;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private @Nullable String error;

    DeviceStateProbe(CommandTarget target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
    }

    DeviceState query() throws InterruptedException {
        all();
        return new DeviceState(target.name(), facts, error);
    }

    private void all() throws InterruptedException {
        OsAdapter adapter = OsAdapter.of(target.system());
        if (!adapter.runsCommands()) {
            error = "No command can be run on " + target.name() + ".";
            return;
        }
        if (target.hasShell()) {
            unix(answer(UNIX));
            addresses(answer(ADDRESSES));
        } else {
            put("kernel", String.join(" ", answer(WINDOWS)));
        }
        if (target.networkInterface() != null) {
            wifi(adapter, target.networkInterface());
        }
        BoundQuery<Battery> battery = BoundQuery.of(target, adapter.battery());
        Battery state = battery == null ? null : battery.read(answer(battery.question()));
        if (state != null) {
            put("battery_percent", Integer.toString(state.percent()));
            put("battery_charging", Boolean.toString(state.isCharging()));
        }
    }

    private void unix(List<String> lines) {
        List<String> parts = new ArrayList<>(lines);
        parts.removeIf(String::isBlank);
        for (String line : parts) {
            if (line.matches("[0-9]{1,6}")) {
                put("cpus", line);
            } else if (line.matches("[0-9.]+ [0-9.]+ [0-9.]+ .*")) {
                put("load", line.substring(0, line.indexOf(' ')));
            } else {
                put("kernel", line);
            }
        }
    }

    /// `2: eth0    inet 10.0.0.2/24 …`, and of `ifconfig` an interface's name before the
    /// lines of its addresses.
    private void addresses(List<String> lines) {
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
        addresses.forEach((networkInterface, all) -> put("addresses." + networkInterface, String.join(" ", all)));
    }

    private void wifi(OsAdapter adapter, String networkInterface) throws InterruptedException {
        BoundQuery<WifiInfo> query;
        try {
            query = BoundQuery.of(target, adapter.wifi(networkInterface));
        } catch (IllegalArgumentException _) {
            return; // such a name is no interface, so nothing is told of it
        }
        WifiInfo info = query == null ? null : query.read(answer(query.question()));
        if (info == null) {
            return;
        }
        put("ssid", info.ssid());
        put("bssid", info.bssid());
        put("channel", info.channel() == null ? null : info.channel().toString());
        SignalParser.figures(info.radio()).forEach((name, value) -> put(name, NumberText.text(value)));
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            String text = value.strip().replaceAll("\\p{Cntrl}", " ");
            facts.putIfAbsent(
                    name, text.length() > MAX_FACT_CHARACTERS ? text.substring(0, MAX_FACT_CHARACTERS) : text);
        }
    }

    /// The lines of an answer; none if there is no answer, and then nothing more is asked.
    private List<String> answer(Probe probe) throws InterruptedException {
        if (error != null) {
            return List.of();
        }
        try {
            return target.commands().run(BoundQuery.words(probe), timeout).out();
        } catch (ConnectionException e) {
            error = e.getMessage();
            return List.of();
        }
    }
}
