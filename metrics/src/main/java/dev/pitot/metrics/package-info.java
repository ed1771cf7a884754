/// What the rooms of this module share: what a sink takes of a test, how the newest state becomes a
/// text, and the names and labels that it goes by.
@NullMarked
package dev.pitot.metrics;

import org.jspecify.annotations.NullMarked;
