/// What differs between the operating systems of nodes: quoting, lists of processes, ending them,
/// finding an address, ping.
@NullMarked
package dev.pitot.lab.os;

import org.jspecify.annotations.NullMarked;
