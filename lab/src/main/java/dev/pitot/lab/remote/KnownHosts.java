package dev.pitot.lab.remote;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;

/// The keys that a file in the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT, has for one host;
/// hashed names too. Certificates (`@cert-authority`) are not used.
///
/// @param file read each time; a host is unknown if there is none
record KnownHosts(String host, int port, Path file) {
    private static final String REVOKED = "revoked";

    /// What is wrong with a key, to follow the connection's name.
    ///
    /// @return null if it is known
    @Nullable String objectionTo(PublicKey key) {
        String print = KeyUtils.getFingerPrint(key);
        List<Known> known;
        try {
            known = known();
        } catch (IOException _) {
            return "the file of known hosts " + file + " cannot be read; see its permissions";
        }
        boolean isKnown = false;
        boolean isOtherKnown = false;
        for (Known one : known) {
            boolean isSame = KeyUtils.compareKeys(one.key, key);
            if (isSame && one.isRevoked) {
                return "its host key " + print + " is marked as revoked in " + file + "; do not connect";
            }
            isKnown |= isSame && !one.isRevoked;
            isOtherKnown |= !one.isRevoked && KeyUtils.getKeyType(one.key).equals(KeyUtils.getKeyType(key));
        }
        if (isKnown) {
            return null;
        }
        return isOtherKnown
                ? "its host key " + print + " is not the one in " + file
                        + "; find out why, then take the new key into that file"
                : "its host key " + print + " is not in " + file
                        + "; compare it with the node's, then add it (ssh-keyscan -p " + port + " " + host + ")";
    }

    /// The kinds of keys that are known, such as `ssh-ed25519`: the host should show one of
    /// those.
    List<String> kinds() {
        try {
            return known().stream()
                    .filter(known -> !known.isRevoked)
                    .map(known -> KeyUtils.getKeyType(known.key))
                    .distinct()
                    .toList();
        } catch (IOException _) { // reported when a key is checked
            return List.of();
        }
    }

    private List<Known> known() throws IOException {
        List<Known> known = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Known one = parsed(line.strip());
                if (one != null) {
                    known.add(one);
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (MalformedInputException e) {
            throw new IOException("not text: " + file, e);
        }
        return known;
    }

    private @Nullable Known parsed(String line) throws IOException {
        if (line.isEmpty() || line.startsWith("#")) {
            return null;
        }
        try {
            KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line);
            String marker = entry.getMarker();
            if (!entry.isHostMatch(host, port) || !(marker == null || marker.isEmpty() || marker.equals(REVOKED))) {
                return null;
            }
            PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            return key == null ? null : new Known(key, REVOKED.equals(marker));
        } catch (GeneralSecurityException | RuntimeException _) {
            return null; // a line that is broken, or of a kind not known here, does not harm the others
        }
    }

    private record Known(PublicKey key, boolean isRevoked) {}
}
