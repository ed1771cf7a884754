package dev.pitot.lab.plan;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The nodes of apetools' [NODES] and [TRAFFIC_PC], as those of a plan. One thread.
final class IniNodes {
    private static final Map<String, String> CONNECTIONS = Map.of(
            "ssh", "ssh",
            "adbshellssh", "adb-ssh",
            "adbshell", "adb",
            "adblocal", "adb",
            "local", "local",
            "telnet", "telnet",
            "serial", "serial",
            "dummy", "manual");
    private static final Map<String, String> SYSTEMS = Map.of(
            "linux", "linux", "android", "android", "windows", "windows", "mac", "macos", "macos", "macos", "ios",
            "ios");
    /// apetools' keys and ours.
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("hostname", "host"),
            Map.entry("login", "login"),
            Map.entry("username", "login"),
            Map.entry("operating_system", "system"),
            Map.entry("connection", "connection"),
            Map.entry("test_interface", "interface"),
            Map.entry("test_address", "address"),
            Map.entry("test_ip", "address"),
            Map.entry("port", "port"),
            Map.entry("path", "path"),
            Map.entry("library_path", "library_path"),
            Map.entry("serial_number", "serial_number"),
            Map.entry("password_env", "password"),
            Map.entry("password_file", "password"));
    private static final String CLEAR = "a password is never written in a plan: take it out of this line and write"
            + " password_env:NAME for a variable of the environment, password_file:PATH for a file, or use a key";

    private final IniText ini;
    private final Map<String, Entry> nodes = new LinkedHashMap<>();
    private final Map<String, OperatingSystem> touched = new LinkedHashMap<>();

    IniNodes(IniText ini) {
        this.ini = ini;
    }

    /// The names of nodes that may be touched, and what they run.
    Map<String, OperatingSystem> touched() {
        return touched;
    }

    List<Entry> nodes() {
        return List.copyOf(nodes.values());
    }

    /// Reads a section.
    ///
    /// @return the names in it
    List<String> read(String section) {
        List<String> names = new ArrayList<>();
        for (Option option : ini.options(section)) {
            if (nodes.containsKey(option.name())) {
                option.report("the node '" + option.name() + "' is in [NODES] already");
            } else if (option.name().equals("password")) {
                option.report(CLEAR);
            } else {
                names.add(option.name());
                nodes.put(option.name(), new Entry(option.position(), option.name(), node(option)));
            }
        }
        return names;
    }

    private Mapping node(Option option) {
        Map<String, String> given = IniValues.dictionary(option);
        Map<String, Entry> entries = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            Entry entry = entry(option, key, value, given);
            if (entry != null && entries.putIfAbsent(entry.key(), entry) != null) {
                option.report("node '" + option.name() + "' says its " + entry.key() + " twice");
            }
        });
        String system = SYSTEMS.getOrDefault(given.getOrDefault("operating_system", ""), "");
        String connection = given.getOrDefault("connection", "");
        if (system.equals("android") && !entries.containsKey("interface") && !entries.containsKey("address")) {
            entries.put("interface", option.entry("interface", "wlan0"));
            ini.note(option, "node '" + option.name() + "' has no test_interface or test_address: wlan0 is taken");
        }
        if (!connection.equals("dummy")) {
            OperatingSystem known = KeyType.SYSTEM.meaning(system);
            OperatingSystem usual = connection.startsWith("adb") ? OperatingSystem.ANDROID : OperatingSystem.LINUX;
            touched.put(option.name(), known == null ? usual : known);
        }
        entries.put("leftovers", option.entry("leftovers", "all"));
        return new Mapping(option.position(), List.copyOf(entries.values()));
    }

    /// An entry of a plan's node; null if a key cannot be used, which is reported.
    private static @Nullable Entry entry(Option option, String key, String value, Map<String, String> given) {
        String ours = KEYS.get(key);
        if (key.equals("password")) {
            option.report(CLEAR);
            return null;
        }
        if (ours == null) {
            option.position().reportUnknown("key", key, KEYS.keySet());
            return null;
        }
        return switch (ours) {
            case "connection" -> {
                // the user's own ssh takes no password from others
                boolean hasPassword = given.containsKey("password_env") || given.containsKey("password_file");
                String known = known(option, "connection", CONNECTIONS, value, "manual");
                yield option.entry(ours, known.equals("ssh") && hasPassword ? "builtin-ssh" : known);
            }
            case "system" -> option.entry(ours, known(option, key, SYSTEMS, value, "linux"));
            case "path", "library_path" -> option.entry(ours, IniValues.words(value));
            case "port" -> option.entry("serial".equals(given.get("connection")) ? "device" : ours, value);
            case "password" -> {
                Entry where = option.entry(key.substring("password_".length()), value);
                yield new Entry(option.position(), ours, new Mapping(option.position(), List.of(where)));
            }
            default -> option.entry(ours, value);
        };
    }

    private static String known(Option option, String what, Map<String, String> words, String value, String usual) {
        String known = words.get(value);
        if (known == null) {
            option.position().reportUnknown(what, value, words.keySet());
        }
        return known == null ? usual : known;
    }
}
