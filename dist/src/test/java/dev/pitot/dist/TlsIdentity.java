package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A key for 127.0.0.1 with a certificate that it has signed itself, made by the JDK's keytool.
///
/// @param certificate file with the certificate (PEM)
/// @param key file with the key (PEM)
/// @param context for a server
record TlsIdentity(Path certificate, Path key, SSLContext context) {
    private static final String NAME = "a";
    private static final char[] PASSWORD = "password".toCharArray();

    static TlsIdentity create(Path folder) throws IOException, GeneralSecurityException, PackagingException {
        Path store = folder.resolve("store.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String words = "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=127.0.0.1 -ext SAN=IP:127.0.0.1"
                + " -storetype PKCS12 -storepass password -keystore store.p12";
        List<String> command = new ArrayList<>(List.of(keytool));
        command.addAll(List.of(words.split(" ", -1)));
        BuildTool.run(folder, Map.of(), command);

        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TlsIdentity(
                Files.writeString(
                        folder.resolve("certificate.pem"),
                        pem("CERTIFICATE", keys.getCertificate(NAME).getEncoded())),
                Files.writeString(
                        folder.resolve("key.pem"),
                        pem("PRIVATE KEY", keys.getKey(NAME, PASSWORD).getEncoded())),
                context);
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
