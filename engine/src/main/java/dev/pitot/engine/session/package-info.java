/// Parts shared by both roles: one inbox per test, the control connection that feeds it, and the data of
/// a report.
@NullMarked
package dev.pitot.engine.session;

import org.jspecify.annotations.NullMarked;
