/// Hosts and ports of Pitot's own commands.
@NullMarked
package dev.pitot.cli.place;

import org.jspecify.annotations.NullMarked;
