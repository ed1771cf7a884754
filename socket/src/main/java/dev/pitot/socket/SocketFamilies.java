package dev.pitot.socket;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Where socket families come from. Any thread.
public final class SocketFamilies {
    private SocketFamilies() {}

    /// Sockets by system calls.
    ///
    /// @throws IllegalStateException if they do not work here; the message says why
    public static SocketFamily linux() {
        return named("linux");
    }

    /// Sockets by java.nio.
    public static SocketFamily portable() {
        return named("portable");
    }

    /// The family that tells most of those that work here: linux if it does, else portable.
    public static SocketFamily best() {
        SocketFamily linux = find("linux");
        return linux.obstacle() == null ? linux : portable();
    }

    /// Why [#best()] is not the linux family although this is Linux; null if it is, or on another system.
    ///
    /// @return continues a sentence that begins with the family's name, as [SocketFamily#obstacle()]
    public static @Nullable String fallbackReason() {
        return "Linux".equals(System.getProperty("os.name")) ? find("linux").obstacle() : null;
    }

    /// The family that `--socket` calls so.
    ///
    /// @param name `linux` or `portable`
    /// @throws IllegalArgumentException if there is no such family
    /// @throws IllegalStateException if it does not work here; the message says why
    public static SocketFamily named(String name) {
        SocketFamily family = find(name);
        String obstacle = family.obstacle();
        if (obstacle != null) {
            throw new IllegalStateException("the " + name + " socket family " + obstacle);
        }
        return family;
    }

    /// Families depend on this package, so this package finds them as services.
    private static SocketFamily find(String name) {
        return ServiceLoader.load(SocketFamily.class, SocketFamily.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown socket family '" + name + "' (linux or portable)"));
    }
}
