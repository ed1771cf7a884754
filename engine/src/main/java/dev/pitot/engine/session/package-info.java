/// What both roles share: one inbox per test, the control connection that feeds it, and what a
/// report is built of.
@NullMarked
package dev.pitot.engine.session;

import org.jspecify.annotations.NullMarked;
