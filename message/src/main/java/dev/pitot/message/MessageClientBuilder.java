package dev.pitot.message;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Settings of a client, from [MessageClient#builder]. One thread.
public final class MessageClientBuilder {
    private final MessageTypes types;
    private EndpointOptions options = EndpointOptions.DEFAULT;
    private MessageClientListener listener = new MessageClientListener() {};
    private @Nullable InetAddress localAddress;
    private @Nullable Executor executor;
    private Duration longestPause = Duration.ZERO;

    MessageClientBuilder(MessageTypes types) {
        this.types = types;
    }

    /// Sets what clients and servers have in common; [EndpointOptions#DEFAULT] unless set.
    public MessageClientBuilder options(EndpointOptions options) {
        this.options = options;
        return this;
    }

    /// Sets the listener, which gets messages and all other events.
    public MessageClientBuilder listener(MessageClientListener listener) {
        this.listener = listener;
        return this;
    }

    /// Sets a handler of messages only, in place of a listener.
    ///
    /// @param handler gets each message, only until it returns
    public MessageClientBuilder onMessage(Consumer<ReceivedMessage> handler) {
        return listener(new MessageClientListener() {
            @Override
            public void message(ReceivedMessage message) {
                handler.accept(message);
            }
        });
    }

    /// Sets the address of this machine that the client sends from; the system chooses one unless set.
    public MessageClientBuilder localAddress(InetAddress address) {
        localAddress = address;
        return this;
    }

    /// Sets who calls the listener of a client with a thread of its own. Without an executor that thread does,
    /// which is the fastest, and must not be kept waiting. While as much waits for the executor as
    /// [EndpointOptions.Queue] allows, the client reads nothing, but sends. A handler must not wait for a
    /// future of the same client: what completes it may not be read while the handler waits.
    public MessageClientBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /// Connects again when the server, the network or this end's socket has ended a connection or an attempt, but not
    /// after a refusal: after 100 ms, then after a pause that doubles up to a limit, and after 100 ms again once a
    /// connection stood. The listener gets each end and each new beginning. What was not confirmed before an end
    /// is not sent again. Without this method a client does not connect again by itself.
    ///
    /// @param longestPause limit of the pause, 100 ms..1 h; zero: never connect again
    /// @throws IllegalArgumentException if it is out of range
    public MessageClientBuilder reconnect(Duration longestPause) {
        new Reconnection(longestPause);
        this.longestPause = longestPause;
        return this;
    }

    /// Makes a client that works in [MessageClient#update()], and is not connected yet.
    ///
    /// @throws IllegalStateException if there is an executor, which only a client with its own thread has
    public MessageClient build() {
        if (executor != null) {
            throw new IllegalStateException("An executor is for clients with a thread of their own: start the client.");
        }
        return client();
    }

    /// Starts a client with a thread of its own, which begins to connect.
    ///
    /// @param port 1..65535
    /// @throws EndpointAddressException if the host is not known, or the port is out of range
    /// @throws IOException with a sentence, if there is no way to that address
    public RunningClient start(String host, int port) throws IOException {
        return start(EndpointAddressException.resolve(host, port));
    }

    /// Starts a client with a thread of its own; else as [#start(String, int)].
    public RunningClient start(InetSocketAddress server) throws IOException {
        return RunningClient.start(client(), server);
    }

    private MessageClient client() {
        Dependencies dependencies = Dependencies.real(types, options, localAddress);
        return new MessageClient(dependencies, options, listener, executor, new Reconnection(longestPause));
    }
}
