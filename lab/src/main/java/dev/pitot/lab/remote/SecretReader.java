package dev.pitot.lab.remote;

import dev.pitot.lab.node.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads secrets at the moment when they are needed. It keeps none, and no message holds one. Any
/// thread may use it.
public final class SecretReader {
    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Function<String, @Nullable String> environment;

    /// Reads by an environment.
    ///
    /// @param environment the value of a variable; null if there is none
    public SecretReader(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /// Reads a secret.
    ///
    /// @param node whose it is, for messages
    /// @throws ConnectionException if there is none, or others could have read it; the message
    ///     explains what to do
    public String read(String node, Secret secret) throws ConnectionException {
        return switch (secret) {
            case Secret.InVariable(String name) -> {
                String value = environment.apply(name);
                if (value == null || value.isEmpty()) {
                    throw new ConnectionException(node + ": the variable " + name
                            + " of the environment, which should hold a secret, is not set; set it");
                }
                yield value;
            }
            case Secret.InFile(Path file) -> firstLine(node, file);
        };
    }

    private static String firstLine(String node, Path file) throws ConnectionException {
        String what = node + ": the file " + file + ", which should hold a secret, ";
        try {
            if (isOpenToOthers(file)) {
                throw new ConnectionException(what + "is open to others; `chmod 600` closes it");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            String line = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (line.isEmpty() || line.length() > MAX_BYTES) {
                throw new ConnectionException(what + "has none in its first line; write it there");
            }
            return line;
        } catch (ConnectionException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ConnectionException(what + "does not exist; make it", e);
        } catch (IOException e) {
            throw new ConnectionException(what + "cannot be read; see its permissions", e);
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }
}
