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

    /// Returns a warning if every user of this machine can read the file.
    ///
    /// @param what kind of file, for example `private key`
    public static Optional<String> warning(String what, String path) {
        try {
            var attributes = Files.readAttributes(SystemPath.of(path), PosixFileAttributes.class);
            boolean isOpen = attributes.isRegularFile() // a shell's pipe belongs to its user alone
                    && attributes.permissions().contains(PosixFilePermission.OTHERS_READ);
            return isOpen
                    ? Optional.of("warning: others can read the " + what + " '" + path + "': use chmod o-r")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException _) { // deleted meanwhile, or no POSIX permissions
            return Optional.empty();
        }
    }
}
