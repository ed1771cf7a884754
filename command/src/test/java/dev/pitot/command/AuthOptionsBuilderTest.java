package dev.pitot.command;

import static dev.pitot.command.OptionRow.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.Credentials;
import dev.pitot.testkit.GoldenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthOptionsBuilderTest {
    /// Options tested here.
    static final Set<Option> OPTIONS = Set.of(
            named("username"),
            named("rsa-public-key-path"),
            named("password-file"),
            named("rsa-private-key-path"),
            named("authorized-users-path"),
            named("time-skew-threshold"),
            named("use-pkcs1-padding"));

    private static final String CLIENT_AUTH =
            "parameter error - you must specify a username, password, and path to a valid RSA public key";
    private static final String SERVER_AUTH =
            "parameter error - you must specify a path to a valid RSA private key and a user credential file";
    private static final String CLIENT = "-c h --username mario --rsa-public-key-path ";
    private static final String SERVER = "-s --rsa-private-key-path ";

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    @Test
    void nobodyNeedsToShowAnything() throws UsageException {
        var client = (Request.Client) parse("-c h", null);
        var server = (Request.Server) parse("-s", null);

        assertThat(client.config().credentials()).isNull();
        assertThat(server.config().policy().authorization()).isNull();
    }

    @Test
    void aClientShowsItsNameAndPassword() throws UsageException {
        Credentials oaep = credentials(CLIENT + file("public.pem"), "rossi");
        Credentials pkcs1 = credentials(CLIENT + file("public.pem") + " --use-pkcs1-padding", "rossi");

        assertThat(oaep.user()).isEqualTo("mario");
        assertThat(oaep.password()).isEqualTo("rossi");
        assertThat(oaep.serverKey().getModulus().bitLength()).isEqualTo(2048);
        assertThat(oaep.pkcs1()).isFalse();
        assertThat(pkcs1.pkcs1()).isTrue();
    }

    @Test
    void aPasswordFileGoesBeforeEverythingElse() throws Exception {
        Path file = folder.resolve("password");
        Files.writeString(file, "rossi\r\nmore\n");

        Credentials credentials = credentials(CLIENT + file("public.pem") + " --password-file " + file, "other");

        assertThat(credentials.password()).isEqualTo("rossi");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void warnsOfSecretsThatOthersCanRead() throws Exception {
        List<String> names = List.of("private.pem", "users.csv", "password");
        Files.copy(Path.of(file("private.pem")), folder.resolve("private.pem"));
        Files.copy(Path.of(file("users.csv")), folder.resolve("users.csv"));
        Files.writeString(folder.resolve("password"), "rossi");
        String server =
                SERVER + folder.resolve("private.pem") + " --authorized-users-path " + folder.resolve("users.csv");
        String client = CLIENT + file("public.pem") + " --password-file " + folder.resolve("password");
        String push = "-c h --push.url http://localhost:9091 --push.token-file " + folder.resolve("password");

        for (String name : names) {
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
        }
        assertThat(warnings(server)).isEmpty();
        assertThat(warnings(client)).isEmpty();
        assertThat(warnings(push)).isEmpty();

        for (String name : names) {
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }
        assertThat(warnings(server))
                .containsExactly(
                        "warning: others can read the users file '" + folder + "/users.csv': use chmod o-r",
                        "warning: others can read the private key '" + folder + "/private.pem': use chmod o-r");
        assertThat(warnings(client))
                .containsExactly("warning: others can read the password file '" + folder + "/password': use chmod o-r");
        assertThat(warnings(push))
                .containsExactly("warning: others can read the file of --push.token-file '" + folder
                        + "/password': use chmod o-r");
    }

    private static List<String> warnings(String line) throws UsageException {
        return switch (parse(line, "secret")) {
            case Request.Client client -> client.settings().output().notices().err();
            case Request.Server server -> server.settings().output().notices().err();
            case Request.Help _, Request.Version _, Request.ShellCompletion _, Request.Loopback _ -> List.of("none");
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--username u", "--rsa-public-key-path k", "--password-file f", "--username u --password-file f"
            })
    void partsOfAProofAreNone(String line) {
        assertThatThrownBy(() -> parse("-c h " + line, "rossi")).hasMessage(CLIENT_AUTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ro ssi", "rossi\t"})
    void aPasswordThatCannotTravelIsNone(String password) {
        assertThatThrownBy(() -> parse(CLIENT + file("public.pem"), password))
                .hasMessage("the password is empty or has white space in it\niperf3: " + CLIENT_AUTH);
    }

    @Test
    void aNameThatCannotTravelIsNone() {
        assertThatThrownBy(() -> parse("-c h --username= --rsa-public-key-path " + file("public.pem"), "rossi"))
                .hasMessage("the user name is empty or has white space in it\niperf3: " + CLIENT_AUTH);
    }

    @Test
    void whoCannotBeAskedLearnsWhatElseThereIs() {
        assertThatThrownBy(() -> parse(CLIENT + file("public.pem"), null))
                .hasMessageStartingWith("no password: set IPERF3_PASSWORD or use --password-file")
                .hasMessageEndingWith("\niperf3: " + CLIENT_AUTH);
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithTheReason() {
        String users = " --authorized-users-path " + file("users.csv");

        assertThatThrownBy(() -> parse(CLIENT + "/none", "rossi"))
                .hasMessage("cannot use public key '/none': No such file or directory\niperf3: " + CLIENT_AUTH);
        assertThatThrownBy(() -> parse(CLIENT + file("private.pem"), "rossi"))
                .hasMessageStartingWith("cannot use public key '" + file("private.pem") + "': this is a private key")
                .hasMessageEndingWith("\niperf3: " + CLIENT_AUTH);
        assertThatThrownBy(() -> parse(CLIENT + file("public.pem") + " --password-file " + folder, "rossi"))
                .hasMessage("cannot use password file '" + folder + "': Is a directory\niperf3: " + CLIENT_AUTH);
        assertThatThrownBy(() -> parse(SERVER + "/none" + users, null))
                .hasMessage("cannot use private key '/none': No such file or directory\niperf3: " + SERVER_AUTH);
        assertThatThrownBy(() -> parse(SERVER + "/none --authorized-users-path /also", null))
                .hasMessage("cannot use users file '/also': No such file or directory\niperf3: parameter error - cannot"
                        + " access authorized users file");
    }

    @Test
    void aServerNeedsKeyAndUsers() {
        assertThatThrownBy(() -> parse(SERVER + "/none", null)).hasMessage(SERVER_AUTH);
        assertThatThrownBy(() -> parse("-s --authorized-users-path /none", null))
                .hasMessage(SERVER_AUTH);
    }

    @Test
    void aServerTakesItsUsersAsTheyAreWhenSomebodyComes() throws Exception {
        Path users = folder.resolve("users");
        Files.copy(Path.of(file("users.csv")), users);
        String line = SERVER + file("private.pem") + " --authorized-users-path " + users;

        Authorization usual = authorization(line);
        Authorization other = authorization(line + " --time-skew-threshold 3 --use-pkcs1-padding");

        assertThat(usual.maxSkew()).isEqualTo(Duration.ofSeconds(10));
        assertThat(usual.acceptsPkcs1()).isFalse();
        assertThat(other.maxSkew()).isEqualTo(Duration.ofSeconds(3));
        assertThat(other.acceptsPkcs1()).isTrue();
        String hash = Files.readAllLines(users).getLast().split(",", -1)[1];
        assertThat(usual.users().know("mario", hash)).isTrue();
        Files.writeString(users, "luigi," + hash + "\n");
        assertThat(usual.users().know("mario", hash)).isFalse();
        assertThat(usual.users().know("luigi", hash)).isTrue();
    }

    @Test
    void aUsersFileOfAnyLengthIsNone() throws Exception {
        Path users = folder.resolve("users");
        Files.write(users, new byte[1024 * 1024 + 1]);

        assertThatThrownBy(() -> parse(SERVER + "/none --authorized-users-path " + users, null))
                .hasMessageStartingWith("cannot use users file '" + users + "': File too large\n");
    }

    private static Credentials credentials(String line, String password) throws UsageException {
        var client = (Request.Client) parse(line, password);
        return Objects.requireNonNull(client.config().credentials());
    }

    private static Authorization authorization(String line) throws UsageException {
        var server = (Request.Server) parse(line, null);
        return Objects.requireNonNull(server.config().policy().authorization());
    }

    private static String file(String name) {
        try {
            return GoldenFiles.copy("auth/" + name, keys).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request parse(String line, @Nullable String password) throws UsageException {
        return CommandLine.parse(List.of(line.split(" ", -1)), () -> password, Environment.NONE);
    }
}
