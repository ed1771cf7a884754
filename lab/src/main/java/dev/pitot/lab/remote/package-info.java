/// How a node is spoken to: a command is started there, and its lines come back with their time
/// of arrival. Each kind of connection is a class; what they have in common is small on
/// purpose.
///
/// [ConnectionFactory] makes the one for a [dev.pitot.lab.node.ConnectionSettings]. Local processes are the
/// ground: the user's `ssh` and `adb` are commands of a [LocalConnection] whose last words and exit code
/// are read for what they mean. The built-in ssh stands beside it.
///
/// A console (telnet, serial line) has one stream of text for everything, so what is asked of it is put
/// between random marks, one question at a time. Commands do not run on the console itself, where one
/// that goes on would block all others: they run behind it with their output in files, and the files are
/// read piece by piece.
@NullMarked
package dev.pitot.lab.remote;

import org.jspecify.annotations.NullMarked;
