/// What the rooms of this module share.
@NullMarked
package dev.pitot.metrics;

import org.jspecify.annotations.NullMarked;
