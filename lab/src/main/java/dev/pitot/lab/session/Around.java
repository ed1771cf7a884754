package dev.pitot.lab.session;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.LocalConnection;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.store.LineFile;
import dev.pitot.lab.store.ResultsFolder;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.lab.watch.Clocks;
import dev.pitot.lab.watch.Hook;
import dev.pitot.lab.watch.Hook.Moment;
import dev.pitot.lab.watch.HookOutcome;
import dev.pitot.lab.watch.HookRunner;
import dev.pitot.lab.watch.Occasion;
import dev.pitot.lab.watch.Reading;
import dev.pitot.lab.watch.Station;
import dev.pitot.lab.watch.Watch;
import dev.pitot.lab.watch.WatchListener;
import dev.pitot.lab.watch.WatchSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is done around the tests of a session, and watched beside them. Any thread may use it;
/// closing ends all of it.
final class Around implements AutoCloseable {
    private static final String HERE = "this machine";

    private final List<Hook> hooks;
    private final ResultsFolder folder;
    private final Teller teller;
    private final Connection here;
    private final HookRunner runner;
    private final WatchSet watches;
    private final List<Station> stations;
    private final Inventory inventory;
    private volatile boolean isStopped;

    Around(Plan plan, Devices devices, ResultsFolder folder, Teller teller, InstantSource clock) {
        hooks = plan.fixtures().hooks();
        this.folder = folder;
        this.teller = teller;
        here = new LocalConnection(HERE, Map.of(), clock);
        inventory = new Inventory(folder);
        stations = devices.stations();
        var monotonic = new MachineClock();
        var place = new Station(HERE, OperatingSystem.LINUX, here, null, false);
        runner = new HookRunner(devices::station, place, monotonic);
        watches = new WatchSet(
                plan.fixtures().watches(),
                devices::station,
                name -> new LineWriter(file(name)),
                new Troubles(teller),
                new Clocks(monotonic, clock));
    }

    /// What came of the hooks before a test.
    ///
    /// @param tags what they returned, in their order
    /// @param obstacle why the test cannot be; null if it can
    record Before(List<String> tags, @Nullable String obstacle) {
        Before {
            tags = List.copyOf(tags);
        }
    }

    boolean hasHooks() {
        return !hooks.isEmpty();
    }

    /// Does the hooks of the session's start, looks at the nodes, and starts the watches.
    ///
    /// @return why the session cannot be; null if it can
    @Nullable String begin() throws InterruptedException {
        String obstacle = run(Moment.SESSION_START, null).obstacle();
        if (obstacle == null) {
            inventory.take(stations);
            watches.start();
        }
        return obstacle;
    }

    /// Does the hooks before a test, up to the first that fails.
    Before before(Occasion occasion) throws InterruptedException {
        return run(Moment.BEFORE_TEST, occasion);
    }

    private Before run(Moment moment, @Nullable Occasion occasion) throws InterruptedException {
        List<String> tags = new ArrayList<>();
        for (Hook hook : of(moment)) {
            if (isStopped) {
                return new Before(tags, "stopped");
            }
            HookOutcome outcome = carryOut(hook, occasion);
            if (outcome.failure() != null) {
                return new Before(tags, outcome.failure());
            }
            if (outcome.tag() != null) {
                tags.add(outcome.tag());
            }
        }
        return new Before(tags, null);
    }

    /// Does all hooks of an end; one that fails is told, and stops none of the others.
    ///
    /// @param occasion the test; null at the session's end
    void end(Moment moment, @Nullable Occasion occasion) throws InterruptedException {
        for (Hook hook : of(moment)) {
            HookOutcome outcome = carryOut(hook, occasion);
            if (outcome.failure() != null) {
                teller.note("after the " + (occasion == null ? "session" : "test") + ": " + outcome.failure());
            }
        }
    }

    private List<Hook> of(Moment moment) {
        return hooks.stream().filter(hook -> hook.moment() == moment).toList();
    }

    private HookOutcome carryOut(Hook hook, @Nullable Occasion occasion) throws InterruptedException {
        HookOutcome outcome = runner.run(hook, occasion);
        String said = outcome.tag() == null ? "" : ", said " + outcome.tag();
        String figures = outcome.figures().isEmpty() ? "" : ", " + outcome.figures();
        String end = outcome.failure() == null ? "done" : outcome.failure();
        folder.log("hook " + hook.moment().name().toLowerCase(Locale.ROOT) + ": " + end + said + figures + " ("
                + outcome.elapsed().toMillis() + " ms)");
        return outcome;
    }

    /// A watch's file: `logs/cpu_tate.csv`.
    private LineFile file(String name) {
        int slash = name.indexOf('/');
        int dot = name.lastIndexOf('.');
        return folder.file(name.substring(0, slash), name.substring(slash + 1, dot), name.substring(dot + 1));
    }

    /// Holds nothing up that is not needed any more, and begins no other hook before a test.
    void stop() {
        isStopped = true;
        inventory.stop();
    }

    boolean isStopped() {
        return isStopped;
    }

    /// Breaks off what is being done.
    void kill() {
        stop();
        runner.close();
    }

    @Override
    public void close() {
        watches.close();
        runner.close();
        here.close();
    }

    /// Notes what troubles a watch; what it reads is in its file.
    private record Troubles(Teller teller) implements WatchListener {
        @Override
        public void onReading(Watch watch, Reading reading) {}

        @Override
        public void onTrouble(Watch watch, String sentence) {
            teller.note(
                    "watch " + watch.kind().name().toLowerCase(Locale.ROOT) + " on " + watch.node() + ": " + sentence);
        }
    }
}
