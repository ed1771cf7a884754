package dev.pitot.command.file;

import dev.pitot.wire.auth.PemKeys;
import java.io.IOException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;

/// RSA keys in files of the PEM format, without a passphrase.
public final class KeyFile {
    /// Five times the length of the largest supported key (16384 bits).
    private static final int MAX_BYTES = 64 * 1024;

    private KeyFile() {}

    /// Reads a server's public key (`--rsa-public-key-path`).
    ///
    /// @throws IOException if the file cannot be read or holds no such key; [FileErrorText] has the
    ///     reason
    public static RSAPublicKey publicKey(String path) throws IOException {
        try {
            return PemKeys.publicKey(BoundedFile.text(path, MAX_BYTES));
        } catch (InvalidKeySpecException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Reads a server's private key (`--rsa-private-key-path`).
    ///
    /// @throws IOException if the file cannot be read or holds no such key; [FileErrorText] has the
    ///     reason
    public static RSAPrivateKey privateKey(String path) throws IOException {
        try {
            return PemKeys.privateKey(BoundedFile.text(path, MAX_BYTES));
        } catch (InvalidKeySpecException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
