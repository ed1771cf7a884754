/// Accounting of a connection, which both protocols and DTLS do in the same way: which numbers came, what was
/// counted, how long a round trip takes, and what is due. Each class belongs to the thread of its connection.
@NullMarked
package dev.pitot.message.accounting;

import org.jspecify.annotations.NullMarked;
