/// A node: a device that tests run on, how it is reached and where its test traffic goes.
@NullMarked
package dev.pitot.lab.node;

import org.jspecify.annotations.NullMarked;
