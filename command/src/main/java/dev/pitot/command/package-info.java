/// Reading the command line: iperf3's options as a table, getopt_long's rules for writing them,
/// and what they ask for as the model's own values. Nothing here starts or prints anything; the
/// only files that are opened are those with keys, users and passwords.
@NullMarked
package dev.pitot.command;

import org.jspecify.annotations.NullMarked;
