/// Hosts and ports of Pitot's own commands.
@NullMarked
package dev.pitot.cli.address;

import org.jspecify.annotations.NullMarked;
