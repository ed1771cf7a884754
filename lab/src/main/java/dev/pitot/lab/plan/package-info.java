/// What a session shall do, read from YAML or INI and checked whole before anything runs.
@NullMarked
package dev.pitot.lab.plan;

import org.jspecify.annotations.NullMarked;
