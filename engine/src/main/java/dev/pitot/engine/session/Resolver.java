package dev.pitot.engine.session;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Resolves host names to addresses. The system's resolver cannot be cancelled, so a separate thread
/// waits for it.
public final class Resolver {
    /// The C library's text for an unknown name (EAI_NONAME), which users search for.
    private static final String UNKNOWN = "Name or service not known";

    private static final String OTHER_FAMILY = "Address family for hostname not supported"; // EAI_ADDRFAMILY

    private Resolver() {}

    /// Returns all addresses of a host in the system's order that belong to the address family.
    ///
    /// @throws UnknownHostException with the reason alone if there is none
    public static List<InetAddress> resolve(String host, AddressFamily family, WaitPolicy waitPolicy)
            throws IOException {
        var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
        // The system's resolver is native code: on a virtual thread it would block a carrier until it
        // returns.
        Thread.ofPlatform().name("pitot-resolver").daemon().start(lookup);
        List<InetAddress> usable = await(lookup, host, waitPolicy).stream()
                .filter(address -> isAllowed(address, family))
                .toList();
        if (usable.isEmpty()) {
            throw new UnknownHostException(OTHER_FAMILY);
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

    private static List<InetAddress> await(FutureTask<List<InetAddress>> lookup, String host, WaitPolicy waitPolicy)
            throws IOException {
        while (true) {
            int slice = waitPolicy.nextSliceMillis();
            try {
                return lookup.get(slice, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) { // checks the timeout and cancellation again
            } catch (ExecutionException e) {
                var unknown = new UnknownHostException(reason(host, e.getCause()));
                unknown.initCause(e.getCause());
                throw unknown;
            } catch (InterruptedException _) { // restored for the caller
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    /// Returns the reason: Java's message is `host: reason`, or the host alone if the failure was cached.
    private static String reason(String host, @Nullable Throwable failure) {
        String prefix = host + ": ";
        String message = failure == null ? null : failure.getMessage();
        return message != null && message.startsWith(prefix) ? message.substring(prefix.length()) : UNKNOWN;
    }
}
