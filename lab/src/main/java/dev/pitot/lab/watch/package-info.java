/// What is done around a test and watched beside it: hooks, gates and watchers.
@NullMarked
package dev.pitot.lab.watch;

import org.jspecify.annotations.NullMarked;
