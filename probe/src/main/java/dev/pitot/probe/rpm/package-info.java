/// Responsiveness under load, in round trips per minute (RPM): a client of the IETF's draft
/// draft-ietf-ippm-responsiveness, revision 09. [RpmMeasurement] runs once, on the thread that calls it; any
/// thread may end it. It starts threads and HTTP clients of its own, which are gone when it returns.
@NullMarked
package dev.pitot.probe.rpm;

import org.jspecify.annotations.NullMarked;
