package dev.pitot.cli.address;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Looks addresses up on a thread that nobody has to wait for: a resolver may take a minute.
public final class AddressResolver {
    private AddressResolver() {}

    /// Returns the address of a host.
    ///
    /// @param stop completes if the address is not wanted any more
    /// @return null if that came first
    /// @throws IOException with a sentence, if the host is not known
    public static @Nullable InetSocketAddress resolve(HostPort hostPort, CompletableFuture<?> stop)
            throws IOException, InterruptedException {
        var address = new CompletableFuture<InetSocketAddress>();
        Thread.startVirtualThread(() -> {
            try {
                address.complete(hostPort.resolve());
            } catch (IOException e) {
                address.completeExceptionally(e);
            }
        });
        try {
            CompletableFuture.anyOf(address, stop).get();
        } catch (ExecutionException e) {
            throw new IOException(
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()), e);
        }
        return address.getNow(null);
    }
}
