package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The real telnetd on the loopback address, with a login script that accepts one user name and
/// password and then starts a shell. Accounts of the machine are not used.
public final class TelnetdProcess {
    /// User name for the login.
    public static final String LOGIN = "tester";

    /// Password for the login.
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

    private TelnetdProcess() {}

    /// Starts it behind socat, which acts as inetd.
    ///
    /// @param folder folder for the login script
    public static ServerProcess start(Path folder) throws IOException, InterruptedException {
        Path login = Files.writeString(folder.resolve("login.sh"), SCRIPT);
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rwx------"));
        int port = FreePort.find();
        var process = ChildProcess.start(List.of(
                "socat", "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork", "EXEC:telnetd -h -n -E " + login));
        return ServerProcess.awaitListening(process, port);
    }
}
