/// Types that the packages of this module share: the records that a sink takes, the format that shows the
/// newest state as a text, names and labels.
@NullMarked
package dev.pitot.metrics;

import org.jspecify.annotations.NullMarked;
