package dev.pitot.lab.remote;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/// A node that is reached by the ssh client that is built in (Apache MINA SSHD): for machines
/// without one, and for passwords. It reads nothing of the user's configuration. All commands
/// share one session, which the first command opens, and the first one after it was lost. Any
/// thread may use it.
///
/// A host whose key is not in the file of known hosts is refused.
final class MinaSshConnection implements NodeConnection {
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 3;
    private static final Duration CLOSING = Duration.ofMillis(700);
    private static final int THREADS = 2;
    private static final String NOT_LET_IN =
            "it does not let us in; check the login and the private key or the password";

    private final ShellContext shell;
    private final ConnectionSettings.MinaSsh settings;
    private final SecretReader secrets;
    private final Path home;
    private final InstantSource wallClock;
    private final String name;
    private final KnownHosts knownHosts;
    private final CommandRegistry commands;
    private final Object opening = new Object();
    private volatile @Nullable SshClient client;
    private volatile @Nullable ClientSession session;
    private volatile @Nullable String objection;

    /// Opens nothing yet.
    ///
    /// @param secrets reads the password when it is needed
    /// @param home the user's, where the usual private keys are if the door names none
    /// @param wallClock for the arrival of lines
    /// @throws ConnectionException if the host is none
    MinaSshConnection(
            ShellContext shell,
            ConnectionSettings.MinaSsh settings,
            SecretReader secrets,
            Path home,
            InstantSource wallClock)
            throws ConnectionException {
        OpenSshConnection.requireName(shell.node(), "host", settings.host());
        this.shell = shell;
        this.settings = settings;
        this.secrets = secrets;
        this.home = home;
        this.wallClock = wallClock;
        this.name = new ShellContext.ConnectionLabel(
                        shell.node(),
                        "built-in ssh " + settings.login() + "@" + settings.host() + ":" + settings.port())
                .text();
        this.knownHosts = new KnownHosts(settings.host(), settings.port(), settings.knownHosts());
        this.commands = new CommandRegistry(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        commands.requireOpen();
        String line = ShellQuoting.line(shell, command);
        String whole = shell.system() == OperatingSystem.WINDOWS ? line : ShellQuoting.posix("sh", "-c", line);
        ClientSession open = open();
        try {
            ChannelExec channel = open.createExecChannel(whole);
            boolean isStarted = false;
            try {
                channel.open().verify(shell.timeouts().login());
                channel.getInvertedIn().close();
                isStarted = true;
            } finally {
                if (!isStarted) {
                    channel.close(true);
                }
            }
            return StreamedCommand.start(new MinaSshCommand(name, channel), lines, wallClock, commands);
        } catch (IOException e) {
            restoreInterrupt(e);
            throw new ConnectionException(
                    name + ": the command could not be started; see the node's log and its MaxSessions", e);
        }
    }

    private ClientSession open() throws ConnectionException {
        synchronized (opening) {
            ClientSession before = session;
            if (before != null && before.isAuthenticated() && before.isOpen()) {
                return before;
            }
            objection = null;
            List<KeyPair> keys = keys();
            Secret password = settings.password();
            String secret = password == null ? null : secrets.read(shell.node(), password);
            if (keys.isEmpty() && secret == null) {
                throw new ConnectionException(
                        name + ": there is no private key and no password; give one of them in the plan");
            }
            ClientSession connected = connected();
            keys.forEach(connected::addPublicKeyIdentity);
            if (secret != null) {
                connected.addPasswordIdentity(secret);
            }
            letIn(connected);
            session = connected;
            return connected;
        }
    }

    private List<KeyPair> keys() throws ConnectionException {
        Path identity = settings.identity();
        if (identity != null) {
            return PrivateKeys.inFile(name, identity);
        }
        return settings.password() == null ? PrivateKeys.usual(home) : List.of();
    }

    private ClientSession connected() throws ConnectionException {
        try {
            return client().connect(settings.login(), settings.host(), settings.port())
                    .verify(shell.timeouts().login())
                    .getClientSession();
        } catch (IOException e) {
            restoreInterrupt(e);
            throw new ConnectionException(
                    name + ": " + advice(e, "it could not be reached; check that it is on, and the control network"),
                    e);
        }
    }

    private void letIn(ClientSession connected) throws ConnectionException {
        try {
            connected.auth().verify(shell.timeouts().login());
        } catch (IOException e) {
            connected.close(true);
            restoreInterrupt(e);
            String refused = objection;
            throw new ConnectionException(name + ": " + (refused == null ? advice(e, NOT_LET_IN) : refused), e);
        }
    }

    private SshClient client() throws ConnectionException {
        SshClient before = client;
        if (before != null) {
            return before;
        }
        SshClient made = SshClient.setUpDefaultClient();
        made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        made.setServerKeyVerifier((_, _, key) -> isKnown(key));
        made.setSignatureFactories(knownKindsFirst(made.getSignatureFactories()));
        made.setNioWorkers(THREADS);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, MISSED_HEARTBEATS);
        CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO); // a silent server is no fault
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, Duration.ZERO);
        made.start();
        client = made;
        try {
            commands.requireOpen(); // closed meanwhile: then nobody else stops it
        } catch (ConnectionException e) {
            made.close(true);
            throw e;
        }
        return made;
    }

    private boolean isKnown(PublicKey key) {
        String found = knownHosts.objectionTo(key);
        objection = found;
        return found == null;
    }

    /// As OpenSSH does: a host that has several keys shows the one that is known.
    private List<NamedFactory<Signature>> knownKindsFirst(List<NamedFactory<Signature>> all) {
        List<String> kinds = knownHosts.kinds();
        List<NamedFactory<Signature>> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparing(factory -> !kinds.contains(kindOf(factory.getName()))));
        return ordered;
    }

    /// RFC 8332: keys of kind `ssh-rsa` sign by other names too.
    private static String kindOf(String signature) {
        return signature.startsWith("rsa-sha2-") ? "ssh-rsa" : signature;
    }

    private static String advice(IOException e, String otherwise) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String advice = switch (cause) {
                case NoRouteToHostException _ -> "there is no route to it; check the control network";
                case ConnectException _ -> "nobody listens there; check the port, and that sshd runs";
                case UnresolvedAddressException _, UnknownHostException _ ->
                    "there is no host of this name; check the name";
                case TimeoutException _ -> "it does not answer; check that it is on, and the control network";
                default -> "";
            };
            if (!advice.isEmpty()) {
                return advice;
            }
        }
        return otherwise;
    }

    private static void restoreInterrupt(IOException e) {
        if (e instanceof InterruptedIOException) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        commands.close();
        SshClient started = client;
        if (started != null) {
            try {
                started.close(true).await(CLOSING);
            } catch (IOException _) { // interrupted: it closes without us
                Thread.currentThread().interrupt();
            }
        }
    }
}
