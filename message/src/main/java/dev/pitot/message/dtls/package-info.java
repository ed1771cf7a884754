/// A link whose datagrams nobody else can read, change or make: DTLS 1.2 (RFC 6347) by the Java
/// platform's own TLS, around any other link. `docs/security.md` tells what that protects.
///
/// A [DtlsLink] is one end. It is called by one thread at a time, and all links that share a
/// [DtlsContext] by the same one. Nothing here holds a socket, a thread or a clock; only the
/// dates of certificates are compared with the system's time, by the platform.
@NullMarked
package dev.pitot.message.dtls;

import org.jspecify.annotations.NullMarked;
