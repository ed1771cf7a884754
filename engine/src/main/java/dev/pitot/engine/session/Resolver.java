package dev.pitot.engine.session;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.socket.Patience;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Turns names into addresses. The system's resolver cannot be cancelled, so a thread of its own
/// waits for it.
public final class Resolver {
    /// What the C library says of an unknown name (EAI_NONAME), which is what people search for.
    private static final String UNKNOWN = "Name or service not known";

    private Resolver() {}

    /// All addresses of a host in the system's order, as far as the family allows them.
    ///
    /// @throws UnknownHostException with a reason without the name if there is none
    public static List<InetAddress> resolve(String host, AddressFamily family, Patience patience) throws IOException {
        var answer = new CompletableFuture<InetAddress[]>();
        Thread.ofVirtual().name("pitot-resolver").start(() -> {
            try {
                answer.complete(InetAddress.getAllByName(host));
            } catch (UnknownHostException e) {
                answer.completeExceptionally(e);
            }
        });
        List<InetAddress> usable = Arrays.stream(await(answer, patience))
                .filter(address -> isAllowed(address, family))
                .toList();
        if (usable.isEmpty()) {
            throw new UnknownHostException("Address family for hostname not supported");
        }
        return usable;
    }

    private static boolean isAllowed(InetAddress address, AddressFamily family) {
        return switch (family) {
            case ANY -> true;
            case V4 -> !(address instanceof Inet6Address);
            case V6 -> address instanceof Inet6Address;
        };
    }

    private static InetAddress[] await(CompletableFuture<InetAddress[]> answer, Patience patience) throws IOException {
        while (true) {
            int slice = patience.nextSliceMillis();
            try {
                return answer.get(slice, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) { // ask again whether it is still wanted
            } catch (ExecutionException e) {
                throw withoutName(String.valueOf(e.getMessage()));
            } catch (InterruptedException _) { // told to the caller
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    /// The reason alone, as iperf shows it: Java's resolver and the future put their own words
    /// before it.
    private static UnknownHostException withoutName(String message) {
        int reason = message.lastIndexOf(": ");
        return new UnknownHostException(reason < 0 ? UNKNOWN : message.substring(reason + 2));
    }
}
