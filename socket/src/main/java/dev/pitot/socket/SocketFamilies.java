package dev.pitot.socket;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Factory of socket families. Any thread.
public final class SocketFamilies {
    private SocketFamilies() {}

    /// Returns the family that uses Linux system calls.
    ///
    /// @throws IllegalStateException if it is not available; the message says why
    public static SocketFamily linux() {
        return named("linux");
    }

    /// Returns the family that uses java.nio.
    public static SocketFamily portable() {
        return named("portable");
    }

    /// Returns the available family with the most features: linux if available, otherwise portable.
    public static SocketFamily best() {
        SocketFamily linux = find("linux");
        return linux.unavailableReason() == null ? linux : portable();
    }

    /// Reason why [#best()] is not the linux family although this is Linux; null if it is, or on
    /// another system.
    ///
    /// @return the end of a sentence that begins with the family's name, as
    ///     [SocketFamily#unavailableReason()]
    public static @Nullable String fallbackReason() {
        return "Linux".equals(System.getProperty("os.name")) ? find("linux").unavailableReason() : null;
    }

    /// Returns the family for a value of `--socket`.
    ///
    /// @param name `linux` or `portable`
    /// @throws IllegalArgumentException if there is no such family
    /// @throws IllegalStateException if it is not available; the message says why
    public static SocketFamily named(String name) {
        SocketFamily family = find(name);
        String unavailableReason = family.unavailableReason();
        if (unavailableReason != null) {
            throw new IllegalStateException("the " + name + " socket family " + unavailableReason);
        }
        return family;
    }

    /// The families depend on this package, so they are loaded as services.
    private static SocketFamily find(String name) {
        return ServiceLoader.load(SocketFamily.class, SocketFamily.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown socket family '" + name + "' (linux or portable)"));
    }
}
