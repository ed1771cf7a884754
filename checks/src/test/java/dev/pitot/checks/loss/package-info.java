/// UDP over links that drop, duplicate, reorder and delay datagrams and count them, compared with the
/// reports of both ends.
@NullMarked
package dev.pitot.checks.loss;

import org.jspecify.annotations.NullMarked;
