/// Findings: sentences that say why a test was as fast as it was, with their evidence.
@NullMarked
package dev.pitot.model.finding;

import org.jspecify.annotations.NullMarked;
