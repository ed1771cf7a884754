package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/// Private keys in files of OpenSSH's format or PEM, without a passphrase.
final class PrivateKeys {
    private static final List<String> DEFAULT_NAMES = List.of("id_ed25519", "id_ecdsa", "id_rsa"); // ssh(1), -i

    private PrivateKeys() {}

    /// The keys of a file.
    ///
    /// @param node for messages
    /// @throws ConnectionException if there is none in it that can be used
    static List<KeyPair> inFile(String node, Path file) throws ConnectionException {
        try {
            List<KeyPair> keys = loaded(file);
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ConnectionException(unusable(node, file), e);
        }
        throw new ConnectionException(unusable(node, file));
    }

    private static String unusable(String node, Path file) {
        return node + ": the private key " + file + " cannot be used; it must be there, in OpenSSH's format and without"
                + " a passphrase (the user's own ssh can have one, by its agent)";
    }

    /// Those of the usual files that are there and can be used.
    static List<KeyPair> usual(Path home) {
        List<KeyPair> keys = new ArrayList<>();
        for (String name : DEFAULT_NAMES) {
            try {
                keys.addAll(loaded(home.resolve(".ssh").resolve(name)));
            } catch (IOException | GeneralSecurityException _) { // not there, or with a passphrase: another one, then
            }
        }
        return keys;
    }

    private static List<KeyPair> loaded(Path file) throws IOException, GeneralSecurityException {
        List<KeyPair> keys = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
            if (found != null) {
                found.forEach(keys::add);
            }
        } catch (RuntimeException e) { // a file that is no key
            throw new IOException("no key: " + file, e);
        }
        return keys;
    }
}
