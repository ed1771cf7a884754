package dev.pitot.lab.remote;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;

/// A command on a node over the built-in ssh client. Any thread may use it.
///
/// @param node what messages call the connection
/// @param channel open
record MinaSshCommand(String node, ChannelExec channel) implements StreamedCommand.Carrier {
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

    @Override
    public List<InputStream> outputs() {
        return List.of(channel.getInvertedOut(), channel.getInvertedErr());
    }

    @Override
    public Thread.Builder threads() {
        return Thread.ofVirtual().name("ssh-output-", 1);
    }

    @Override
    public CommandEnd awaitEnd(StreamedCommand command) throws InterruptedException {
        channel.waitFor(Set.of(ClientChannelEvent.CLOSED), Duration.ZERO); // as long as it takes
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
    public void abort() {
        channel.close(true);
    }

    @Override
    public void release() {
        // it is closed
    }
}
