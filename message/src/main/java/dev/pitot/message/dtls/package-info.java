/// Keys and certificates of secure connections: who an end is, and whom it believes. `docs/security.md` says what
/// that protects. The values are immutable; only the dates of certificates are compared with the system's time, by
/// the platform.
@NullMarked
package dev.pitot.message.dtls;

import org.jspecify.annotations.NullMarked;
