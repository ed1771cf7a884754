package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The real sshd installed on this machine, started for one test: its keys and configuration are in
/// the test's folder, it accepts one key, for the user who runs the test, and it is killed with all
/// its sessions on close. Tests that use it are annotated with [Needs]. Password authentication is
/// disabled.
public final class SshdProcess implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/sbin/sshd"), Path.of("/usr/local/sbin/sshd"), Path.of("/usr/bin/sshd"));

    private final ServerProcess server;
    private final String host;
    private final Path folder;
    private final Queue<ProcessHandle> orphans = new ConcurrentLinkedQueue<>();

    private SshdProcess(ServerProcess server, String host, Path folder) {
        this.server = server;
        this.host = host;
        this.folder = folder;
    }

    /// Returns the absolute path of sshd, which it needs to start; it is often not on a user's
    /// `PATH`. Null if it is not installed.
    static @Nullable Path program() {
        return USUAL_PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    /// Starts it on a free port of 127.0.0.1 and waits until it listens.
    ///
    /// @param folder for its files; one sshd has it for itself
    public static SshdProcess start(Path folder) throws IOException, InterruptedException {
        return start(folder, LOOPBACK, List.of());
    }

    /// Starts it on a free port of 127.0.0.1 and waits until it listens.
    ///
    /// @param settings lines of its configuration, such as `MaxSessions 2`; they come before the usual ones
    public static SshdProcess startWith(Path folder, String... settings) throws IOException, InterruptedException {
        return start(folder, LOOPBACK, List.of(), settings);
    }

    /// Starts it and waits until it listens.
    ///
    /// @param folder for its files; one sshd has it for itself
    /// @param address address to listen on
    /// @param prefix command prefix, such as `ip netns exec NAME`; may be empty
    public static SshdProcess start(Path folder, String address, List<String> prefix)
            throws IOException, InterruptedException {
        return start(folder, address, prefix, new String[0]);
    }

    private static SshdProcess start(Path folder, String address, List<String> prefix, String[] settings)
            throws IOException, InterruptedException {
        Path program = program();
        if (program == null) {
            throw new IOException("no sshd on this machine");
        }
        Files.createDirectories(folder);
        generateKey(folder.resolve("host_key"));
        generateKey(folder.resolve("client_key"));
        int port = FreePort.find();
        Files.copy(folder.resolve("client_key.pub"), folder.resolve("authorized_keys"));
        Files.writeString(
                folder.resolve("known_hosts"),
                "[" + address + "]:" + port + " " + Files.readString(folder.resolve("host_key.pub")));
        Path configuration = Files.writeString(
                folder.resolve("sshd_config"),
                String.join("\n", settings) + "\n" + configuration(folder, address, port));
        makePrivilegeSeparationFolder();
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(program.toString(), "-D", "-e", "-f", configuration.toString()));
        ChildProcess process = ChildProcess.start(command);
        try {
            return new SshdProcess(ServerProcess.awaitListening(process, port), address, folder);
        } catch (IOException | InterruptedException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    /// Generates an ed25519 key pair without a passphrase: `file` and `file.pub`.
    public static void generateKey(Path file) throws IOException, InterruptedException {
        CommandRun.of(
                        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file.toString()),
                        TIMEOUT)
                .orThrow();
    }

    /// Returns the configuration. It sets `SHLVL`: a bash started by sshd reads the user's
    /// `.bashrc` at level 1 (bash: run_startup_files), which may do anything and take any time.
    private static String configuration(Path folder, String address, int port) {
        return """
                ListenAddress %s
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                MaxStartups 100
                MaxSessions 100
                PrintMotd no
                LogLevel INFO
                SetEnv SHLVL=2
                """.formatted(address, port, folder.resolve("host_key"), folder.resolve("authorized_keys"));
    }

    /// Creates `/run/sshd`: as root, sshd refuses to start without it, and on Debian only the
    /// service creates it.
    private static void makePrivilegeSeparationFolder() throws IOException {
        if ("root".equals(System.getProperty("user.name"))) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
    }

    public String host() {
        return host;
    }

    public int port() {
        return server.port();
    }

    /// User name that it accepts.
    public String login() {
        return System.getProperty("user.name");
    }

    /// Private key that it accepts, in OpenSSH format, readable only by its owner.
    public Path clientKey() {
        return folder.resolve("client_key");
    }

    /// Known-hosts file with its host key only.
    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /// Options for the user's `ssh`, each to be passed with `-o`: use this known-hosts file, and
    /// ignore the user's keys, agent and proxies.
    public List<String> options() {
        return List.of(
                "UserKnownHostsFile=" + knownHosts(),
                "GlobalKnownHostsFile=/dev/null",
                "StrictHostKeyChecking=yes",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "ProxyCommand=none");
    }

    /// Log output so far.
    public String log() {
        return server.process().stderr();
    }

    /// Kills its session processes, as if their connections had died, but neither the server nor
    /// the programs running in the sessions; those continue until this object is closed.
    ///
    /// @return number of sessions killed
    public int killSessions() {
        List<ProcessHandle> all = ProcessHandle.of(server.process().pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        List<ProcessHandle> sessions =
                all.stream().filter(SshdProcess::isSession).toList();
        all.stream().filter(process -> !sessions.contains(process)).forEach(orphans::add);
        sessions.forEach(ProcessHandle::destroyForcibly);
        return sessions.size();
    }

    /// True for a session process. Since OpenSSH 9.8 the program is called `sshd-session`.
    private static boolean isSession(ProcessHandle process) {
        return process.info()
                .command()
                .filter(program ->
                        program.substring(program.lastIndexOf('/') + 1).startsWith("sshd"))
                .isPresent();
    }

    @Override
    public void close() {
        server.close();
        orphans.forEach(ProcessHandle::destroyForcibly);
    }
}
