/// Parsing of hosts and ports for Pitot's own commands.
@NullMarked
package dev.pitot.cli.address;

import org.jspecify.annotations.NullMarked;
