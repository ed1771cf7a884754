/// A link whose datagrams nobody else can read, change or make: DTLS 1.2 (RFC 6347) by the Java
/// platform's own TLS, around any other link.
///
/// A [DtlsLink] is one end. It is called by one thread at a time, and all links that share a
/// [DtlsContext] by the same one. Nothing here holds a socket, a thread or a clock.
@NullMarked
package dev.pitot.message.dtls.link;

import org.jspecify.annotations.NullMarked;
