package dev.pitot.lab.remote;

import dev.pitot.lab.time.MachineClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one connection that the `ssh` commands of a node share: OpenSSH's ControlMaster, as a child
/// of this process. On the node it runs a `cat` whose standard input is held open here: when this
/// process dies, the `cat` ends, and the master with the last command. Any thread may use it.
final class SshMaster implements AutoCloseable {
    private static final String READY = "pitot-ready";
    private static final Duration SLICE = Duration.ofMillis(20);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final Duration EXIT = Duration.ofSeconds(2);

    private final SocketFolder folder;
    private final OutputTail output = new OutputTail();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final RunningCommand ssh;

    private SshMaster(SocketFolder folder, LocalConnection here, List<String> program, List<String> arguments)
            throws ConnectionException {
        this.folder = folder;
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-S", folder.socket().toString(), "-o", "ControlMaster=yes"));
        // A local command runs when the node has let us in and the socket is there, before the node's login shell
        command.addAll(List.of("-o", "ControlPersist=no", "-o", "PermitLocalCommand=yes"));
        command.addAll(List.of("-o", "LocalCommand=echo " + READY));
        command.addAll(arguments);
        command.add("cat");
        ssh = here.startProcess(command, this::onLine, true);
    }

    private void onLine(OutputLine line) {
        if (line.origin() == OutputLine.Origin.OUT && line.text().equals(READY)) {
            ready.countDown();
        } else if (!line.text().startsWith("channel ")) { // of a command that the node has refused
            output.add(line.text());
        }
    }

    /// Connects to the node.
    ///
    /// @param program how `ssh` is called
    /// @param arguments options, and the host
    /// @param login how long that may take
    /// @return null if `ssh` cannot share a connection here; a command alone may print more
    /// @throws ConnectionException if the node cannot be reached; the message explains what to do
    static @Nullable SshMaster open(LocalConnection here, List<String> program, List<String> arguments, Duration login)
            throws ConnectionException, InterruptedException {
        SocketFolder folder;
        try {
            folder = SocketFolder.create();
        } catch (IOException _) {
            return null;
        }
        SshMaster master = null;
        boolean isReady = false;
        try {
            removeStale(here, program, folder.path().resolveSibling("."));
            master = new SshMaster(folder, here, program, arguments);
            isReady = master.awaitReady(here.name(), login);
            return isReady ? master : null;
        } finally {
            if (!isReady) {
                close(master, folder);
            }
        }
    }

    /// Ends what a Pitot that was killed has left: a master lives as long as a command that writes nothing.
    private static void removeStale(LocalConnection here, List<String> program, Path among)
            throws ConnectionException, InterruptedException {
        for (SocketFolder stale : SocketFolder.stale(among)) {
            try (stale) {
                if (Files.exists(stale.socket())) {
                    List<String> exit = new ArrayList<>(program);
                    exit.addAll(List.of("-S", stale.socket().toString(), "-O", "exit", "--", "stale"));
                    try (RunningCommand asked = here.start(exit, _ -> {})) {
                        asked.await(EXIT);
                    }
                }
            }
        }
    }

    private boolean awaitReady(String name, Duration login) throws ConnectionException, InterruptedException {
        var clock = new MachineClock();
        long begin = clock.nanoTime();
        boolean isOver = false;
        while (!ready.await(SLICE.toNanos(), TimeUnit.NANOSECONDS)) {
            if (isOver) { // all its lines were received before
                String advice = advice();
                if (advice != null) {
                    throw new ConnectionException(name + ": " + advice);
                }
                return false;
            }
            isOver = !isAlive();
            if (clock.nanoTime() - begin > login.toNanos()) {
                throw new ConnectionException(name + ": no answer for " + login.toSeconds() + " s; check that it is on,"
                        + " and the control network, and raise 'timeouts: {login: …}' for a slow one");
            }
        }
        return true;
    }

    /// Whether new commands can share it.
    boolean isAlive() throws InterruptedException {
        return ssh.await(Duration.ZERO) == null;
    }

    /// Whether it has ended although the connection holds: the node does not run its `cat`.
    boolean isUnwanted() throws InterruptedException {
        return ssh.await(Duration.ZERO) instanceof CommandEnd.Exited(int code) && code != OpenSshConnection.FAILED;
    }

    /// Options of a command that shares it. Where the socket is gone, `ssh` connects by itself.
    List<String> options() {
        return List.of("-S", folder.socket().toString(), "-o", "ControlMaster=no");
    }

    /// Why the connection was lost, as far as `ssh` has printed it; waits a moment for that.
    @Nullable String lastAdvice() throws InterruptedException {
        ssh.await(LAST_WORDS);
        return advice();
    }

    private @Nullable String advice() {
        return KnownError.adviceFor(KnownError.SSH, output.lines());
    }

    /// Whether a line was written by an `ssh` that shares a master, and not by the command.
    static boolean isChatter(OutputLine line) {
        return line.origin() == OutputLine.Origin.ERR
                && (line.text().startsWith("mux_client_") || line.text().startsWith("Control socket connect("));
    }

    @Override
    public void close() {
        close(this, folder);
    }

    private static void close(@Nullable SshMaster master, SocketFolder folder) {
        if (master != null) {
            master.ssh.close();
        }
        folder.close();
    }
}
