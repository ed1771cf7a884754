/// One test on two nodes: [IperfCommand] is one end of it on one node, [IperfTest] both ends
/// and what is done around them. A
/// whole plan is carried out by [dev.pitot.lab.session.TestSession].
@NullMarked
package dev.pitot.lab.measurement;

import org.jspecify.annotations.NullMarked;
