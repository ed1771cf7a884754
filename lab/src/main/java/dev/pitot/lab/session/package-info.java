/// A plan carried out: which test's turn it is, what is done around it, what is reported of it. From
/// here everything else of the lab is used.
@NullMarked
package dev.pitot.lab.session;

import org.jspecify.annotations.NullMarked;
