package dev.pitot.lab.connection;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.jspecify.annotations.Nullable;

/// A command on a node over the built-in ssh client. Any thread may use it.
final class BuiltInCommand implements RunningCommand {
    private static final Duration LISTENER_PATIENCE = Duration.ofMillis(200);
    private static final int SIGNALLED = 128;
    private static final Map<String, Integer> SIGNALS = Map.ofEntries( // RFC 4254, section 6.10; numbers of Linux
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("ABRT", 6),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15));

    private final String node;
    private final ChannelExec channel;
    private final Hearing hearing;
    private final OutputReaders readers;
    private final Ending ending = new Ending();

    /// A command that is not started yet.
    ///
    /// @param node what messages call the connection
    /// @param channel not open yet
    BuiltInCommand(String node, ChannelExec channel, LineListener lines, InstantSource wallClock) {
        this.node = node;
        this.channel = channel;
        this.hearing = new Hearing(lines);
        this.readers = new OutputReaders(hearing, wallClock);
    }

    /// Starts the command and the threads that read from it.
    ///
    /// @param onEnd called once when it has ended or was let go
    /// @throws IOException if the node does not start it in time
    void open(Duration patience, Runnable onEnd) throws IOException {
        channel.open().verify(patience);
        channel.getInvertedIn().close();
        readers.start(Thread.ofVirtual().name("ssh-output-", 1), channel.getInvertedOut(), channel.getInvertedErr());
        Thread.ofVirtual().name("ssh-end").start(() -> awaitEnd(onEnd));
    }

    private void awaitEnd(Runnable onEnd) {
        try {
            channel.waitFor(Set.of(ClientChannelEvent.CLOSED), Duration.ZERO); // as long as it takes
            readers.awaitLastLine();
            hearing.end(Duration.ZERO);
            ending.tell(end());
        } catch (InterruptedException _) { // nobody interrupts it; if somebody did: it was let go
            ending.tell(new CommandEnd.LetGo());
        } finally {
            onEnd.run();
        }
    }

    private CommandEnd end() {
        Integer code = channel.getExitStatus();
        if (code != null) {
            return new CommandEnd.Exited(code);
        }
        String signal = channel.getExitSignal();
        return signal == null
                ? new CommandEnd.ConnectionLost(node + ": the connection broke; check the node and the control network")
                : new CommandEnd.Exited(SIGNALLED + SIGNALS.getOrDefault(signal, 0));
    }

    @Override
    public @Nullable CommandEnd await(Duration patience) throws InterruptedException {
        return ending.await(patience);
    }

    @Override
    public Duration silence() {
        return readers.silence();
    }

    @Override
    public void close() {
        if (ending.isKnown()) {
            return;
        }
        try {
            hearing.end(LISTENER_PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ending.tell(new CommandEnd.LetGo());
        channel.close(true);
    }
}
