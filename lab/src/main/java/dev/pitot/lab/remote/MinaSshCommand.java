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
    private static final List<String> SIGNALS = List.of( // RFC 4254, section 6.10, by their numbers of Linux
            "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM");

    @Override
    public Map<OutputLine.Origin, InputStream> outputs() {
        return Map.of(OutputLine.Origin.OUT, channel.getInvertedOut(), OutputLine.Origin.ERR, channel.getInvertedErr());
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
                : new CommandEnd.Exited(SIGNALLED + Math.max(0, SIGNALS.indexOf(signal)));
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
