package dev.pitot.message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Settings of a server, from [MessageServer#builder]. One thread.
public final class MessageServerBuilder {
    private final MessageTypes types;
    private EndpointOptions options = EndpointOptions.DEFAULT;
    private ServerLimits limits = ServerLimits.DEFAULT;
    private MessageServerListener listener = new MessageServerListener() {};
    private @Nullable Executor executor;

    MessageServerBuilder(MessageTypes types) {
        this.types = types;
    }

    /// Sets what clients and servers have in common; [EndpointOptions#DEFAULT] unless set.
    public MessageServerBuilder options(EndpointOptions options) {
        this.options = options;
        return this;
    }

    /// Sets the listener, which gets messages and all other events.
    public MessageServerBuilder listener(MessageServerListener listener) {
        this.listener = listener;
        return this;
    }

    /// Sets a handler of messages only, in place of a listener.
    ///
    /// @param handler gets each message, only until it returns
    public MessageServerBuilder onMessage(BiConsumer<Peer, ReceivedMessage> handler) {
        return listener(new MessageServerListener() {
            @Override
            public void message(Peer peer, ReceivedMessage message) {
                handler.accept(peer, message);
            }
        });
    }

    /// Sets how many clients it takes, and how much memory; [ServerLimits#DEFAULT] unless set.
    public MessageServerBuilder limits(ServerLimits limits) {
        this.limits = limits;
        return this;
    }

    /// Sets who calls the listener of a server with a thread of its own, but for
    /// [MessageServerListener#connecting]. Without an executor that thread does, which is the fastest, and must not
    /// be kept waiting. While as much waits for the executor as [EndpointOptions.Queue] allows, the server reads
    /// nothing, but sends. A handler must not wait for a future of the same server: what completes it may not be
    /// read while the handler waits.
    public MessageServerBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /// Makes a server that works in [MessageServer#update()], and does not listen yet.
    ///
    /// @throws IllegalStateException if there is an executor, which only a server with its own thread has
    public MessageServer build() {
        if (executor != null) {
            throw new IllegalStateException("An executor is for servers with a thread of their own: start the server.");
        }
        return server();
    }

    /// Starts a server with a thread of its own, which listens on all addresses of this machine when this returns.
    ///
    /// @param port 0 lets the system choose, see [RunningServer#localAddress()]
    /// @throws EndpointAddressException if the port is out of range
    /// @throws IOException with a sentence, if the port cannot be had
    public RunningServer start(int port) throws IOException {
        return start(EndpointAddressException.local(port));
    }

    /// Starts a server with a thread of its own, which listens on one address when this returns.
    ///
    /// @param local an address of this machine, or the wildcard for all; port 0 lets the system choose
    /// @throws IOException with a sentence, if the address cannot be had
    public RunningServer start(InetSocketAddress local) throws IOException {
        return RunningServer.start(server(), local);
    }

    private MessageServer server() {
        return new MessageServer(Dependencies.real(types, options), options, limits, listener, executor);
    }
}
