package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
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
    /// apetools' keys and ours. What is not here is read by itself.
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
            Map.entry("serial_number", "serial_number"));
    private static final List<String> PASSWORDS = List.of("password", "password_env", "password_file");
    private static final String CLEAR = "a password is never written in a plan: take it out of this line and write"
            + " password_env:NAME for a variable of the environment, password_file:PATH for a file, or use a key";

    private final IniText ini;
    private final Diagnostics diagnostics;
    private final List<String> notes;
    private final Map<String, Entry> nodes = new LinkedHashMap<>();
    private final List<String> touched = new ArrayList<>();

    IniNodes(IniText ini, Diagnostics diagnostics, List<String> notes) {
        this.ini = ini;
        this.diagnostics = diagnostics;
        this.notes = notes;
    }

    /// The names of nodes that may be touched.
    List<String> touched() {
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
                diagnostics.add(option.position(), "the node '" + option.name() + "' is in [NODES] already");
            } else if (option.name().equals("password")) {
                diagnostics.add(option.position(), CLEAR);
            } else {
                names.add(option.name());
                nodes.put(option.name(), new Entry(option.position(), option.name(), node(option)));
            }
        }
        return names;
    }

    private PlanValue node(Option option) {
        SourcePosition position = option.position();
        Map<String, String> given = IniValues.dictionary(option, diagnostics);
        String connection = given.getOrDefault("connection", "");
        List<Entry> entries = new ArrayList<>();
        Entry password = password(option, given);
        if (password != null) {
            entries.add(password);
        }
        given.forEach((key, value) -> {
            String ours = KEYS.get(key);
            if (ours != null) {
                entries.add(entry(position, connection, ours, value, password != null));
            } else if (!PASSWORDS.contains(key)) {
                List<String> known = new ArrayList<>(KEYS.keySet());
                known.addAll(PASSWORDS.subList(1, PASSWORDS.size()));
                diagnostics.unknown(position, "key", key, known);
            }
        });
        boolean isAndroid = given.getOrDefault("operating_system", "").equals("android");
        boolean isAddressed =
                given.keySet().stream().map(KEYS::get).anyMatch(it -> "address".equals(it) || "interface".equals(it));
        if (isAndroid && !isAddressed) {
            entries.add(IniValues.entry(position, "interface", "wlan0"));
            notes.add("line " + position.line() + ": node '" + option.name()
                    + "' has no test_interface or test_address: wlan0 is taken");
        }
        if (!connection.equals("dummy")) {
            touched.add(option.name());
        }
        entries.add(IniValues.entry(position, "leftovers", "all"));
        return IniValues.table(position, distinct(entries, option));
    }

    private Entry entry(SourcePosition position, String connection, String key, String value, boolean hasPassword) {
        return switch (key) {
            case "connection" -> {
                String known = CONNECTIONS.get(value);
                if (known == null) {
                    diagnostics.unknown(position, "connection", value, CONNECTIONS.keySet());
                    known = "manual";
                }
                // the user's own ssh takes no password from others
                yield IniValues.entry(position, key, known.equals("ssh") && hasPassword ? "builtin-ssh" : known);
            }
            case "system" -> {
                String known = SYSTEMS.get(value);
                if (known == null) {
                    diagnostics.unknown(position, "operating_system", value, SYSTEMS.keySet());
                }
                yield IniValues.entry(position, key, known == null ? "linux" : known);
            }
            case "path", "library_path" -> new Entry(position, key, IniValues.blankSeparated(position, value));
            case "port" -> IniValues.entry(position, connection.equals("serial") ? "device" : key, value);
            default -> IniValues.entry(position, key, value);
        };
    }

    /// Where the password is; null for nowhere.
    private @Nullable Entry password(Option option, Map<String, String> given) {
        SourcePosition position = option.position();
        if (given.containsKey("password")) {
            diagnostics.add(position, CLEAR);
            return null;
        }
        List<Entry> where = new ArrayList<>();
        for (String kind : PlanKeys.SECRET.names()) {
            String value = given.get("password_" + kind);
            if (value != null) {
                where.add(IniValues.entry(position, kind, value));
            }
        }
        return where.isEmpty() ? null : new Entry(position, "password", IniValues.table(position, where));
    }

    private List<Entry> distinct(List<Entry> entries, Option option) {
        Map<String, Entry> distinct = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (distinct.putIfAbsent(entry.key(), entry) != null) {
                diagnostics.add(option.position(), "node '" + option.name() + "' says its " + entry.key() + " twice");
            }
        }
        return List.copyOf(distinct.values());
    }
}
