package dev.pitot.model.config;

import java.security.interfaces.RSAPublicKey;

/// Who a client says it is, towards a server that lets in only whom it knows.
///
/// @param user without white space (`--username`)
/// @param password without white space
/// @param serverKey the server's public key (`--rsa-public-key-path`)
/// @param pkcs1 whether to use PKCS #1 v1.5 padding, which iperf before 3.17 needs, instead of
///     OAEP (`--use-pkcs1-padding`)
public record Credentials(String user, String password, RSAPublicKey serverKey, boolean pkcs1) {
    /// Without the password.
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", pkcs1=" + pkcs1 + "]";
    }
}
