package dev.pitot.command.file;

import dev.pitot.model.config.Authorization;
import dev.pitot.wire.auth.UsersText;
import java.io.IOException;

/// Users that a server accepts (`--authorized-users-path`). The file is read again for every query, so
/// that a change takes effect at once. Safe for any thread.
public final class UsersFile implements Authorization.Users {
    private static final int MAX_BYTES = 1024 * 1024; // some ten thousand users

    private final String path;

    private UsersFile(String path) {
        this.path = path;
    }

    /// Checks that the file can be read now.
    ///
    /// @throws IOException if it cannot; [FileErrorText] has the reason
    public static UsersFile of(String path) throws IOException {
        BoundedFile.text(path, MAX_BYTES);
        return new UsersFile(path);
    }

    /// @throws IOException if the file cannot be read any more, or has grown beyond 1 MiB
    @Override
    public boolean know(String user, String hash) throws IOException {
        return UsersText.knows(BoundedFile.text(path, MAX_BYTES), user, hash);
    }
}
