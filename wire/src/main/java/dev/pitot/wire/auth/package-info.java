/// Client authentication (iperf 3.21, iperf_auth.c): the client encrypts name, password and time
/// with the server's public key ([AuthToken], keys from [PemKeys]); the server decrypts them and
/// looks up the name with the password's hash ([PasswordHash], [UsersText]). Everything here is
/// stateless and thread-safe.
@NullMarked
package dev.pitot.wire.auth;

import org.jspecify.annotations.NullMarked;
