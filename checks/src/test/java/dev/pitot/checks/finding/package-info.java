/// Findings of real tests on paths with known faults.
@NullMarked
package dev.pitot.checks.finding;

import org.jspecify.annotations.NullMarked;
