package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.command.file.KeyFile;
import dev.pitot.command.file.PasswordFile;
import dev.pitot.command.file.SecretFile;
import dev.pitot.command.file.UsersFile;
import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.io.IOException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Builder of the authentication options of client and server. Reads the files that they name. Used by
/// one thread.
final class AuthOptionsBuilder {
    /// Characters that end a value in a token (iperf_auth.c reads it with scanf).
    private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t-\\r]");

    private @Nullable String user;
    private @Nullable String publicKey;
    private @Nullable String passwordFile;
    private @Nullable String privateKey;
    private @Nullable String users;
    private Duration skew = Authorization.DEFAULT_SKEW;
    private boolean pkcs1;
    private final Consumer<String> warnings;

    /// @param warnings receives a line for each secret that others can read
    AuthOptionsBuilder(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    void user(String name) {
        user = name;
    }

    void publicKey(String path) {
        publicKey = path;
    }

    void passwordFile(String path) {
        passwordFile = path;
    }

    void privateKey(String path) {
        privateKey = path;
    }

    void users(String path) {
        users = path;
    }

    void skewThreshold(Given given) throws UsageException {
        int seconds = NumberArguments.wholeSeconds(given);
        if (seconds <= 0) {
            throw new InvalidSettingException(IperfError.SKEW_THRESHOLD);
        }
        skew = Duration.ofSeconds(seconds);
    }

    void pkcs1Padding() {
        pkcs1 = true;
    }

    /// Returns the client's credentials, or null if no authentication option was given. The key is read
    /// before the password is requested.
    ///
    /// @throws InvalidSettingException (error 22) if a part is missing
    /// @throws UsageException if a file cannot be used, or user or password cannot be sent
    @Nullable Credentials credentials(PasswordSource passwords) throws UsageException {
        if (user == null && publicKey == null && passwordFile == null) {
            return null;
        }
        if (user == null || publicKey == null) {
            throw new InvalidSettingException(IperfError.CLIENT_AUTH);
        }
        RSAPublicKey key = use("public key", publicKey, KeyFile::publicKey, IperfError.CLIENT_AUTH);
        String password = password(passwords);
        if (password == null) {
            throw UsageException.because(
                    "no password: set IPERF3_PASSWORD or use --password-file if there is no terminal",
                    IperfError.CLIENT_AUTH);
        }
        return new Credentials(word("user name", user), word("password", password), key, pkcs1);
    }

    /// Returns the server's authorization, or null if it admits everyone.
    ///
    /// @throws InvalidSettingException (error 23) if only one of the two files was named
    /// @throws UsageException if a file cannot be used
    @Nullable Authorization authorization() throws UsageException {
        if (privateKey == null && users == null) {
            return null;
        }
        if (privateKey == null || users == null) {
            throw new InvalidSettingException(IperfError.SERVER_AUTH);
        }
        UsersFile known = secret("users file", users, UsersFile::of, IperfError.USERS_FILE);
        RSAPrivateKey key = secret("private key", privateKey, KeyFile::privateKey, IperfError.SERVER_AUTH);
        return new Authorization(key, known, skew, pkcs1);
    }

    private @Nullable String password(PasswordSource passwords) throws UsageException {
        return passwordFile == null
                ? passwords.password()
                : secret("password file", passwordFile, PasswordFile::password, IperfError.CLIENT_AUTH);
    }

    private static String word(String what, String text) throws UsageException {
        if (text.isEmpty() || WHITE_SPACE.matcher(text).find()) {
            throw UsageException.because("the " + what + " is empty or has white space in it", IperfError.CLIENT_AUTH);
        }
        return text;
    }

    /// Reader of one kind of file.
    @FunctionalInterface
    private interface Use<T> {
        T of(String path) throws IOException;
    }

    private <T> T secret(String what, String path, Use<T> use, IperfError error) throws UsageException {
        T content = use(what, path, use, error);
        SecretFile.warning(what, path).ifPresent(warnings);
        return content;
    }

    private static <T> T use(String what, String path, Use<T> use, IperfError error) throws UsageException {
        try {
            return use.of(path);
        } catch (IOException e) {
            String reason = FileErrorText.of(e);
            throw UsageException.because("cannot use " + what + " '" + path + "': " + reason, error);
        }
    }
}
