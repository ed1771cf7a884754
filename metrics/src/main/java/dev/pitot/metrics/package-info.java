/// What the rooms of this module share: what a sink takes of a test ([dev.pitot.metrics.Series]
/// makes it of events), and the names and labels that it goes by.
@NullMarked
package dev.pitot.metrics;

import org.jspecify.annotations.NullMarked;
