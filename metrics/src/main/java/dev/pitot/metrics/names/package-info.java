/// Records in the words of other programs, for dashboards that were made for those.
@NullMarked
package dev.pitot.metrics.names;

import org.jspecify.annotations.NullMarked;
