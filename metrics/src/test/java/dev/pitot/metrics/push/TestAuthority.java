package dev.pitot.metrics.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Untrusted self-signed certificates, created with the JDK's keytool.
final class TestAuthority {
    private static final String PASSWORD = "changeit";
    private static final int LINE = 64;

    private final Path folder;

    TestAuthority(Path folder) {
        this.folder = folder;
    }

    /// Creates a key with a certificate for 127.0.0.1.
    ///
    /// @param kind algorithm of the key: RSA or EC
    KeyStore identity(String name, String kind) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", name, "-keyalg", kind, "-dname", "CN=" + name, "-validity", "2"));
        command.addAll(List.of("-ext", "SAN=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(Files.readString(folder.resolve(name + ".log")));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    static String certificate(KeyStore store, String name) throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(name).getEncoded());
    }

    static String key(KeyStore store, String name) throws GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    private static String pem(String kind, byte[] bytes) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + kind + "-----\n" + encoder.encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    /// Returns the TLS context of a server that trusts one client certificate.
    static SSLContext context(KeyStore own, KeyStore trusted) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors(trusted));
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore anchors(KeyStore store) throws GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        try {
            anchors.load(null, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        for (String name : Collections.list(store.aliases())) {
            anchors.setCertificateEntry(name, store.getCertificate(name));
        }
        return anchors;
    }
}
