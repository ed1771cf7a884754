/// The command line parser: iperf3's options as a table, getopt_long's syntax, and the result as the
/// model's own values. Starts and prints nothing; opens only the files with keys, users and passwords.
@NullMarked
package dev.pitot.command;

import org.jspecify.annotations.NullMarked;
