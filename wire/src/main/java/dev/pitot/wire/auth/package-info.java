/// How a client proves who it is (iperf 3.21, iperf_auth.c): it seals name, password and time
/// with the server's public key ([AuthToken], keys from [PemKeys]); the server opens that and
/// asks whether it knows the name with the password's hash ([PasswordHash], [UsersText]).
/// Everything here is stateless and may be used by any thread.
@NullMarked
package dev.pitot.wire.auth;

import org.jspecify.annotations.NullMarked;
