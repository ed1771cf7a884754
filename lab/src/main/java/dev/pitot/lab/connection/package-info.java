/// How a node is spoken to: a command is started there, and its lines come back with their time
/// of arrival. Each kind of connection is a class; what they have in common is small on
/// purpose.
@NullMarked
package dev.pitot.lab.connection;

import org.jspecify.annotations.NullMarked;
