package dev.pitot.command.file;

import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/// A file that only its owner should be able to read: keys, passwords and users.
public final class SecretFile {
    private SecretFile() {}

    /// A line for the person who named a file which everybody on this machine can read.
    ///
    /// @param what the file is, for example `private key`
    public static Optional<String> warning(String what, String path) {
        try {
            var attributes = Files.readAttributes(SystemPath.of(path), PosixFileAttributes.class);
            boolean isOpen = attributes.isRegularFile() // a pipe of a shell's is nobody else's
                    && attributes.permissions().contains(PosixFilePermission.OTHERS_READ);
            return isOpen
                    ? Optional.of("warning: others can read the " + what + " '" + path + "': use chmod o-r")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException _) { // gone again, or a system with other rights
            return Optional.empty();
        }
    }
}
