package dev.pitot.lab.session;

import dev.pitot.lab.connection.LocalConnection;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.store.ResultsFolder;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.lab.watch.Hook;
import dev.pitot.lab.watch.Hook.Moment;
import dev.pitot.lab.watch.HookOutcome;
import dev.pitot.lab.watch.HookRunner;
import dev.pitot.lab.watch.Occasion;
import dev.pitot.lab.watch.Station;
import dev.pitot.lab.watch.WatchSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done around the tests of a session, and watched beside them. Any thread may use it.
final class Around implements AutoCloseable {
    private final List<Hook> hooks;
    private final Teller teller;
    private final ResultsFolder folder;
    private final HookRunner runner;
    private final WatchSet watches;
    private final String session;
}
