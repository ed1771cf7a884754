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

/// The real sshd of this machine, one of a test's own: its keys and its configuration lie in the
/// test's folder, it lets in nobody but the user who runs the test, by one key, and it is killed
/// with all its sessions when this is closed. Tests that use it carry [Needs]. Passwords
/// cannot be tried with it.
public final class RealSshd implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/sbin/sshd"), Path.of("/usr/local/sbin/sshd"), Path.of("/usr/bin/sshd"));

    private final ServerProcess server;
    private final String host;
    private final Path folder;
    private final Queue<ProcessHandle> orphans = new ConcurrentLinkedQueue<>();

    private RealSshd(ServerProcess server, String host, Path folder) {
        this.server = server;
        this.host = host;
        this.folder = folder;
    }

    /// Where the program is: often not on an ordinary user's `PATH`, and it must be called by its
    /// whole path anyway.
    static @Nullable Path program() {
        return USUAL_PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    /// Starts it on a free port of 127.0.0.1 and waits until it listens.
    ///
    /// @param folder for its files; one sshd has it for itself
    public static RealSshd start(Path folder) throws IOException, InterruptedException {
        return start(folder, LOOPBACK, List.of());
    }

    /// Starts it and waits until it listens.
    ///
    /// @param folder for its files; one sshd has it for itself
    /// @param address where it shall listen
    /// @param prefix what runs it, such as `ip netns exec NAME`; empty for nothing
    public static RealSshd start(Path folder, String address, List<String> prefix)
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
        Path configuration = Files.writeString(folder.resolve("sshd_config"), configuration(folder, address, port));
        makePrivilegeSeparationFolder();
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(program.toString(), "-D", "-e", "-f", configuration.toString()));
        ChildProcess process = ChildProcess.start(command);
        try {
            return new RealSshd(ServerProcess.awaitListening(process, port), address, folder);
        } catch (IOException | InterruptedException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    /// Makes a key pair of ed25519 without a passphrase: `file` and `file.pub`.
    public static void generateKey(Path file) throws IOException, InterruptedException {
        CommandRun.of(
                        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file.toString()),
                        PATIENCE)
                .orThrow();
    }

    /// `SHLVL`: a bash that sshd runs reads the user's `.bashrc` at level 1 (bash:
    /// run_startup_files), and that may do anything, and take any time.
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

    /// sshd refuses to start as root without it; Debian's is made at boot by the service.
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

    /// Whom it lets in.
    public String login() {
        return System.getProperty("user.name");
    }

    /// The private key that it lets in, in OpenSSH's format, readable by its owner only.
    public Path clientKey() {
        return folder.resolve("client_key");
    }

    /// A file that knows its key and no other.
    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /// What the user's own `ssh` must be told, each to be given after `-o`: the known keys of
    /// hosts, and nothing of the user's keys, agent and proxies.
    public List<String> options() {
        return List.of(
                "UserKnownHostsFile=" + knownHosts(),
                "GlobalKnownHostsFile=/dev/null",
                "StrictHostKeyChecking=yes",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "ProxyCommand=none",
                "ControlPath=none");
    }

    /// What it has logged so far.
    public String log() {
        return server.process().stderr();
    }

    /// Kills the processes of its sessions, as if their connections had died, but neither itself
    /// nor what runs in the sessions: that goes on until this is closed.
    ///
    /// @return how many there were
    public int killSessions() {
        List<ProcessHandle> all = ProcessHandle.of(server.process().pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        List<ProcessHandle> sessions = all.stream().filter(RealSshd::isSession).toList();
        all.stream().filter(process -> !sessions.contains(process)).forEach(orphans::add);
        sessions.forEach(ProcessHandle::destroyForcibly);
        return sessions.size();
    }

    /// The program is called `sshd-session` from OpenSSH 9.8 on.
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
