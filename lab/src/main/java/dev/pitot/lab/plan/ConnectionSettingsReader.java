package dev.pitot.lab.plan;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.plan.PlanValue.Entry;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how a node is reached. Secrets that are written in clear are refused without being
/// repeated. One thread.
final class ConnectionSettingsReader {
    private static final int SSH_PORT = 22;
    private static final int TELNET_PORT = 23;
    private static final String KNOWN_HOSTS = "~/.ssh/known_hosts";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Diagnostics diagnostics;
    private final PlanFolders folders;

    ConnectionSettingsReader(Diagnostics diagnostics, PlanFolders folders) {
        this.diagnostics = diagnostics;
        this.folders = folders;
    }

    /// How a node is reached; null if it cannot be read, which is told.
    @Nullable ConnectionSettings read(TableReader node) {
        // read in any case: also a password that is in the wrong place must not be in clear
        Secret password = password(node);
        if (!node.has("connection")) {
            diagnostics.add(
                    node.position(),
                    "'connection' is needed: one of " + String.join(", ", EnumKeywords.CONNECTIONS.known()));
            return null;
        }
        ConnectionKind kind = node.choice("connection", EnumKeywords.CONNECTIONS);
        if (kind == null) {
            return null;
        }
        refuseOthers(node, kind);
        return switch (kind) {
            case LOCAL -> new ConnectionSettings.Local();
            case SSH -> ssh(node);
            case BUILTIN_SSH -> builtIn(node, password);
            case ADB -> adb(node);
            case ADB_SSH -> {
                ConnectionSettings machine = ssh(node);
                yield machine == null ? null : new ConnectionSettings.AdbOverSsh(machine, adb(node));
            }
            case TELNET -> {
                String host = word(node, "host", "for telnet");
                yield host == null
                        ? null
                        : new ConnectionSettings.Telnet(
                                host, node.whole("port", TELNET_PORT), node.text("login"), password);
            }
            case SERIAL -> {
                String device = word(node, "device", "for a serial line, such as /dev/ttyUSB0");
                int baud = node.whole("baud");
                yield device == null ? null : new ConnectionSettings.Serial(device, baud, node.text("login"), password);
            }
            case MANUAL -> new ConnectionSettings.Manual(node.whole("port", 0));
        };
    }

    private void refuseOthers(TableReader node, ConnectionKind kind) {
        for (Entry entry : node.entries()) {
            if (ConnectionKind.isKeyOfAny(entry.key()) && !kind.keys().contains(entry.key())) {
                String hint = entry.key().equals("password") && kind == ConnectionKind.SSH
                        ? ": use a key, the agent, or connection builtin-ssh"
                        : kind.keys().isEmpty() ? "" : ": it takes " + String.join(", ", kind.keys());
                diagnostics.add(
                        entry.place(), "connection " + kind.keyword() + " takes no '" + entry.key() + "'" + hint);
            }
        }
    }

    private @Nullable ConnectionSettings ssh(TableReader node) {
        String host = word(node, "host", "for ssh, as ssh takes it");
        Path identity = file(node, "identity");
        return host == null
                ? null
                : new ConnectionSettings.Ssh(
                        host, login(node), node.whole("port", 0), identity, node.texts("ssh_options"));
    }

    private @Nullable ConnectionSettings builtIn(TableReader node, @Nullable Secret password) {
        String host = word(node, "host", "for ssh");
        String login = word(node, "login", "for builtin-ssh");
        Path identity = file(node, "identity");
        Path given = file(node, "known_hosts");
        Path knownHosts = given == null ? folders.file(KNOWN_HOSTS) : given;
        if (host == null || login == null || knownHosts == null) {
            return null;
        }
        return new ConnectionSettings.MinaSsh(
                host, login, node.whole("port", SSH_PORT), identity, password, knownHosts);
    }

    private ConnectionSettings.Adb adb(TableReader node) {
        return new ConnectionSettings.Adb(node.text("serial_number"), node.text("adb", "adb"));
    }

    private @Nullable String login(TableReader node) {
        return node.has("login") ? word(node, "login", "") : null;
    }

    /// A word that a program could not take for an option.
    private @Nullable String word(TableReader node, String key, String use) {
        String text = node.needed(key, use);
        if (text != null && (text.startsWith("-") || text.chars().anyMatch(Character::isWhitespace))) {
            diagnostics.add(node.position(key), "'" + key + "' must be one word that does not begin with a dash");
            return null;
        }
        return text;
    }

    private @Nullable Path file(TableReader table, String key) {
        String text = table.text(key);
        Path file = text == null ? null : folders.file(text);
        if (text != null && file == null) {
            diagnostics.add(table.position(key), "'" + key + "' is no name of a file");
        }
        return file;
    }

    private @Nullable Secret password(TableReader node) {
        PlanValue item = node.item("password");
        if (item == null) {
            return null;
        }
        if (!(item instanceof PlanValue.Mapping)) {
            diagnostics.add(
                    item.position(),
                    "a password is never written in a plan: write 'password: {env: NAME}' for a variable of the"
                            + " environment or 'password: {file: PATH}' for a file");
            return null;
        }
        TableReader table = secretTable(item);
        if (table == null) {
            return null;
        }
        String variable = table.text("env");
        Path file = file(table, "file");
        if ((variable == null) == (file == null)) {
            diagnostics.add(item.position(), "a password needs either 'env' or 'file'");
            return null;
        }
        if (file != null) {
            return new Secret.InFile(file);
        }
        if (variable != null && !VARIABLE.matcher(variable).matches()) {
            diagnostics.add(
                    item.position(),
                    "'env' is no name of a variable: it has letters, digits and '_' only, and is not the password");
            return null;
        }
        return variable == null ? null : new Secret.InVariable(variable);
    }

    /// As other tables are read, but an unknown key is not repeated: it may be the secret.
    private @Nullable TableReader secretTable(PlanValue item) {
        TableReader table = TableReader.ofAnyKeys(item, diagnostics);
        if (table != null) {
            for (Entry entry : table.entries()) {
                if (!PlanKeys.SECRET.names().contains(entry.key())) {
                    diagnostics.add(entry.place(), "a password has only 'env' or 'file'");
                }
            }
        }
        return table;
    }
}
