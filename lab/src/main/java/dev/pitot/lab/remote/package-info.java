/// How a node is spoken to: a command is started there, and its lines come back with their time
/// of arrival. Each kind of connection is a class; what they have in common is small on
/// purpose.
///
/// [ConnectionFactory] makes the one for a [dev.pitot.lab.node.ConnectionSettings]. Local processes are the
/// ground: the user's `ssh` and `adb` are commands of a [LocalConnection] whose last words and exit code
/// are read for what they mean. The built-in ssh stands beside it. Consoles are in a package
/// above. Short questions go through [Commands].
@NullMarked
package dev.pitot.lab.remote;

import org.jspecify.annotations.NullMarked;
