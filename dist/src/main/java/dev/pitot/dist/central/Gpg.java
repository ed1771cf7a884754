package dev.pitot.dist.central;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signatures by the program gpg, with its user's key. The key stays in gpg's folder, `GNUPGHOME`.
///
/// @param home gpg's folder; null for that of the environment
/// @param key that signs, by its id or its owner's address; null for the default one
record Gpg(@Nullable Path home, @Nullable String key) {
    /// Returns a detached signature in text form.
    ///
    /// @throws IOException if gpg does not sign, with its reason
    byte[] sign(byte[] content) throws IOException {
        Path folder = Files.createTempDirectory("pitot-sign");
        Path file = folder.resolve("file");
        Path signature = folder.resolve("file.asc");
        try {
            Files.write(file, content);
            List<String> options = new ArrayList<>(List.of("--armor", "--output", signature.toString()));
            if (key != null) {
                options.addAll(List.of("--local-user", key));
            }
            options.addAll(List.of("--detach-sign", file.toString()));
            Run run = run(options);
            if (run.code() != 0) {
                throw new IOException("gpg cannot sign, see `gpg --list-secret-keys`: "
                        + run.output().strip());
            }
            return Files.readAllBytes(signature);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(signature);
            Files.delete(folder);
        }
    }

    /// True if a signature is one of this content, by a key that gpg knows.
    boolean verifies(byte[] content, byte[] signature) throws IOException {
        Path folder = Files.createTempDirectory("pitot-sign");
        Path file = folder.resolve("file");
        Path detached = folder.resolve("file.asc");
        try {
            Files.write(file, content);
            Files.write(detached, signature);
            return run(List.of("--verify", detached.toString(), file.toString()))
                            .code()
                    == 0;
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(detached);
            Files.delete(folder);
        }
    }

    private Run run(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("gpg", "--batch", "--no-tty"));
        command.addAll(options);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (home != null) {
            builder.environment().put("GNUPGHOME", home.toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Run(process.waitFor(), output);
        } catch (InterruptedException _) {
            process.destroy();
            throw new IOException("interrupted while gpg ran");
        }
    }

    private record Run(int code, String output) {}
}
