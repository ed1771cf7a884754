/// iperf3's error numbers and texts, which travel on the wire and reach people unchanged.
@NullMarked
package dev.pitot.model.error;

import org.jspecify.annotations.NullMarked;
