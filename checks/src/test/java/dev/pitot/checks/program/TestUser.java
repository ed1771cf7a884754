package dev.pitot.checks.program;

import dev.pitot.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The user `mario` of the recordings, whose password is `rossi`, and a server's key and users file for
/// him.
///
/// @param folder of the files
public record TestUser(Path folder) {
    private static final String PKCS1 = "--use-pkcs1-padding";

    /// Writes the files that the options name.
    public static TestUser in(Path folder) throws IOException {
        for (String name : List.of("public.pem", "private.pem", "other-public.pem", "users.csv")) {
            Path file = GoldenFiles.copy("auth/" + name, folder);
            if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")); // no warnings
            }
        }
        return new TestUser(folder);
    }

    /// Options of a client. iperf3 up to 3.16 supports only PKCS #1 padding, so Pitot must use it
    /// there.
    public List<String> clientOptions(Program client, Program server) {
        List<String> options =
                new ArrayList<>(List.of("--username", "mario", "--rsa-public-key-path", path("public.pem")));
        if (client.isPitot() && !server.isPitot()) {
            options.add(PKCS1);
        }
        return options;
    }

    /// Options of a server. Pitot's servers accept clients of every version.
    public List<String> serverOptions(Program server) {
        List<String> options = new ArrayList<>(
                List.of("--rsa-private-key-path", path("private.pem"), "--authorized-users-path", path("users.csv")));
        if (server.isPitot()) {
            options.add(PKCS1);
        }
        return options;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
