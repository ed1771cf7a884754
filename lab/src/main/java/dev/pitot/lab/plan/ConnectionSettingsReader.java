package dev.pitot.lab.plan;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads how a node is reached. Secrets that are written in clear are refused without being
/// repeated. One thread.
final class ConnectionSettingsReader {
    private static final int SSH_PORT = 22;
    private static final int TELNET_PORT = 23;
    private static final String KNOWN_HOSTS = "~/.ssh/known_hosts";
    private static final List<String> KEYS = Stream.of(ConnectionKind.values())
            .flatMap(kind -> kind.keys().stream())
            .toList();

    private final TableReader node;
    private final PlanFolders folders;

    private ConnectionSettingsReader(TableReader node, PlanFolders folders) {
        this.node = node;
        this.folders = folders;
    }

    /// How a node is reached; null if it cannot be read, which is reported.
    static @Nullable ConnectionSettings read(TableReader node, PlanFolders folders) {
        return new ConnectionSettingsReader(node, folders).read();
    }

    private @Nullable ConnectionSettings read() {
        // read in any case: also a password that is in the wrong place must not be in clear
        Secret password = password();
        if (!node.has("connection")) {
            node.report("'connection' is needed: one of " + String.join(", ", KeyType.CONNECTION.known()));
        }
        ConnectionKind kind = node.choice("connection", KeyType.CONNECTION);
        if (kind == null) {
            return null;
        }
        List<String> others = kind.keys();
        String hint = others.isEmpty() ? "" : ": it takes " + String.join(", ", others);
        String sentence = "connection " + KeyType.CONNECTION.word(kind) + " takes no '%s'";
        if (kind == ConnectionKind.SSH) {
            node.refuseOthers(
                    others, List.of("password"), sentence + ": use a key, the agent, or connection builtin-ssh");
            others = Stream.concat(others.stream(), Stream.of("password")).toList();
        }
        node.refuseOthers(others, KEYS, sentence + hint);
        return switch (kind) {
            case LOCAL -> new ConnectionSettings.Local();
            case SSH -> ssh();
            case BUILTIN_SSH -> builtIn(password);
            case ADB -> adb();
            case ADB_SSH -> {
                ConnectionSettings machine = ssh();
                yield machine == null ? null : new ConnectionSettings.AdbOverSsh(machine, adb());
            }
            case TELNET -> {
                String host = node.needed("host", "for telnet");
                int port = node.whole("port", TELNET_PORT);
                yield host == null ? null : new ConnectionSettings.Telnet(host, port, node.text("login"), password);
            }
            case SERIAL -> {
                String device = node.needed("device", "for a serial line, such as /dev/ttyUSB0");
                int baud = node.whole("baud");
                yield device == null ? null : new ConnectionSettings.Serial(device, baud, node.text("login"), password);
            }
            case MANUAL -> new ConnectionSettings.Manual(node.whole("port", 0));
        };
    }

    private @Nullable ConnectionSettings ssh() {
        String host = node.needed("host", "for ssh, as ssh takes it");
        Path identity = file(node, "identity");
        int port = node.whole("port", 0);
        return host == null
                ? null
                : new ConnectionSettings.Ssh(host, node.text("login"), port, identity, node.texts("ssh_options"));
    }

    private @Nullable ConnectionSettings builtIn(@Nullable Secret password) {
        String host = node.needed("host", "for ssh");
        String login = node.needed("login", "for builtin-ssh");
        Path identity = file(node, "identity");
        Path given = file(node, "known_hosts");
        Path knownHosts = given == null ? folders.file(KNOWN_HOSTS) : given;
        return host == null || login == null || knownHosts == null
                ? null
                : new ConnectionSettings.MinaSsh(
                        host, login, node.whole("port", SSH_PORT), identity, password, knownHosts);
    }

    private ConnectionSettings.Adb adb() {
        return new ConnectionSettings.Adb(node.text("serial_number"), node.text("adb", "adb"));
    }

    private @Nullable Path file(TableReader table, String key) {
        String text = table.text(key);
        Path file = text == null ? null : folders.file(text);
        if (text != null && file == null) {
            table.report(key, "'" + key + "' is no name of a file");
        }
        return file;
    }

    private @Nullable Secret password() {
        PlanValue item = node.item("password");
        if (item != null && !(item instanceof PlanValue.Mapping)) {
            item.report("a password is never written in a plan: write 'password: {env: NAME}' for a variable of the"
                    + " environment or 'password: {file: PATH}' for a file");
        }
        TableReader table = item instanceof PlanValue.Mapping ? TableReader.of(item, PlanKeys.SECRET) : null;
        if (table == null) {
            return null;
        }
        if (table.has("env") == table.has("file")) {
            table.report("a password needs either 'env' or 'file'");
            return null;
        }
        String variable = table.text("env");
        Path file = file(table, "file");
        return variable != null ? new Secret.InVariable(variable) : file == null ? null : new Secret.InFile(file);
    }
}
