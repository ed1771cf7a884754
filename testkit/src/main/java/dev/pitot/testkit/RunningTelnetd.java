package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A telnetd of a test's own on loopback, with a login of the test's own: it knows one name and
/// one password, and then is a shell. No account of the machine is touched.
public final class RunningTelnetd {
    /// The one who may log in.
    public static final String LOGIN = "tester";

    /// How.
    public static final String PASSWORD = "correct horse";

    private static final String SCRIPT = """
            #!/bin/sh
            printf 'lab login: '; read name
            stty -echo; printf 'Password: '; read word; stty echo; echo
            if [ "$name:$word" = "tester:correct horse" ]; then
                echo 'Last login: never'; echo 'Welcome.'; exec /bin/sh -i
            fi
            echo 'Login incorrect'
            """;

    private RunningTelnetd() {}

    /// Starts it behind socat, which plays inetd.
    ///
    /// @param folder for the program that asks for the login
    public static ServerProcess start(Path folder) throws IOException, InterruptedException {
        Path login = Files.writeString(folder.resolve("login.sh"), SCRIPT);
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rwx------"));
        int port = FreePort.find();
        var process = ChildProcess.start(List.of(
                "socat", "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork", "EXEC:telnetd -h -n -E " + login));
        return ServerProcess.awaitListening(process, port);
    }
}
