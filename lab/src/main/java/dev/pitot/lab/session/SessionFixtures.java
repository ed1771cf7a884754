package dev.pitot.lab.session;

import dev.pitot.lab.hook.HookContext;
import dev.pitot.lab.hook.HookResult;
import dev.pitot.lab.hook.HookRunner;
import dev.pitot.lab.monitor.MonitorSet;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.results.ResultFile;
import dev.pitot.lab.results.ResultsFolder;
import dev.pitot.lab.time.MachineClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is done around the tests of a session, and monitored beside them. Any thread may use it;
/// closing ends all of it.
final class SessionFixtures implements AutoCloseable {

    private final Plan plan;
    private final ResultsFolder folder;
    private final EventPublisher publisher;
    private final HookRunner runner;
    private final HookLogs logs;
    private final VariableSetter variables;
    private final MonitorReadings readings;
    private final MonitorSet monitors;
    private final List<CommandTarget> stations;
    private final DeviceSnapshot snapshot;
    private final MachineClock clock = new MachineClock();
    private volatile @Nullable String stopReason;

    SessionFixtures(
            Plan plan, SessionNodes devices, ResultsFolder folder, EventPublisher publisher, InstantSource wall) {
        this.plan = plan;
        this.folder = folder;
        this.publisher = publisher;
        snapshot = new DeviceSnapshot(folder);
        stations = devices.stations();
        var clocks = new Clocks(clock, wall);
        runner = new HookRunner(devices::station, devices.here(), clocks);
        logs = new HookLogs(folder);
        variables = new VariableSetter(
                plan.fixtures().variables(), (hook, label, context) -> run(hook, label, context, true));
        readings = new MonitorReadings(plan.fixtures().monitors(), publisher);
        monitors = new MonitorSet(
                plan.fixtures().monitors(), devices::station, name -> file(name)::line, readings, clocks);
    }

    /// What hooks have reported, in their order; one that failed is the last.
    record Results(List<HookResult> all) {
        Results {
            all = List.copyOf(all);
        }

        List<String> tags() {
            return all.stream().map(HookResult::tag).filter(Objects::nonNull).toList();
        }

        /// A later value of a name replaces an earlier one.
        Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            all.forEach(result -> values.putAll(result.values()));
            return values;
        }

        /// Null if all were done.
        @Nullable String failure() {
            return all.isEmpty() ? null : all.getLast().failure();
        }
    }

    boolean hasHooks() {
        return !plan.fixtures().hooks().isEmpty()
                || plan.fixtures().variables().stream()
                        .anyMatch(variable -> !variable.set().isEmpty());
    }

    MonitorReadings readings() {
        return readings;
    }

    /// Does the hooks of the session's start, begins to look at the nodes, and starts the monitors.
    ///
    /// @return why the session cannot be; null if it can
    @Nullable String begin() throws InterruptedException {
        String obstacle = prepare(Moment.SESSION_START, null).failure();
        if (obstacle == null) {
            snapshot.take(stations);
            monitors.start();
        }
        return obstacle;
    }

    /// Sets the variables of a test, and does the hooks before it, up to the first that fails.
    Results before(HookContext context) throws InterruptedException {
        List<HookResult> all = new ArrayList<>(variables.set(context));
        if (new Results(all).failure() == null) {
            all.addAll(prepare(Moment.BEFORE_TEST, context).all());
        }
        return new Results(all);
    }

    /// Does the hooks of a moment up to the first that fails.
    ///
    /// @param context the test; null at the session's start
    Results prepare(Moment moment, @Nullable HookContext context) throws InterruptedException {
        List<HookResult> all = new ArrayList<>();
        int number = 0;
        for (Hook hook : of(moment)) {
            number++;
            HookResult result = run(hook, label(moment, number), context, false);
            all.add(result);
            if (result.failure() != null) {
                break;
            }
        }
        return new Results(all);
    }

    /// Does all hooks of an end; one that fails is reported, and stops none of the others. Then what hooks of
    /// the test, or of the session, have left running is ended.
    ///
    /// @param context the test; null at the session's end
    Results end(Moment moment, @Nullable HookContext context) throws InterruptedException {
        List<HookResult> all = new ArrayList<>();
        int number = 0;
        for (Hook hook : of(moment)) {
            number++;
            HookResult result = execute(hook, label(moment, number), context, false);
            all.add(result);
            if (result.failure() != null) {
                publisher.note("after the " + (context == null ? "session" : "test") + ": " + result.failure());
            }
        }
        runner.endLeft(context).forEach(publisher::note);
        return new Results(all);
    }

    private List<Hook> of(Moment moment) {
        return plan.fixtures().hooks().stream()
                .filter(hook -> hook.moment() == moment)
                .toList();
    }

    private static String label(Moment moment, int number) {
        return moment.name().toLowerCase(Locale.ROOT) + "_" + number;
    }

    /// Runs a hook unless the session was stopped.
    private HookResult run(Hook hook, String label, @Nullable HookContext context, boolean isOfSession)
            throws InterruptedException {
        String stopped = stopReason;
        return stopped == null ? execute(hook, label, context, isOfSession) : HookResult.failed(stopped);
    }

    /// @param isOfSession whether what it leaves running is ended with the session, not with the test
    private HookResult execute(Hook hook, String label, @Nullable HookContext context, boolean isOfSession)
            throws InterruptedException {
        long began = clock.nanoTime();
        HookResult result = runner.run(hook, context, isOfSession, logs.of(hook, label, context));
        Duration elapsed = Duration.ofNanos(clock.nanoTime() - began);
        String reported = (result.tag() == null ? "" : ", tag " + result.tag())
                + (result.values().isEmpty() ? "" : ", " + result.values());
        String end = result.failure() == null ? "done" : result.failure();
        folder.log("hook " + label + ": " + end + reported + " (" + elapsed.toMillis() + " ms)");
        result.notes().forEach(note -> folder.log("hook " + label + ": not taken: " + note));
        return result;
    }

    /// A monitor's file: `logs/cpu_tate.csv`.
    private ResultFile file(String name) {
        int slash = name.indexOf('/');
        int dot = name.lastIndexOf('.');
        return folder.file(name.substring(0, slash), name.substring(slash + 1, dot), name.substring(dot + 1));
    }

    /// Holds nothing up that is not needed any more, ends hooks that prepare something, and begins
    /// no other.
    ///
    /// @param reason empty if somebody has asked for it
    void stop(String reason) {
        stopReason = reason.isEmpty() ? "stopped" : "stopped: " + reason;
        snapshot.stop();
        runner.cancelPreparation();
    }

    /// Null unless the session was stopped.
    @Nullable String stopReason() {
        return stopReason;
    }

    /// Breaks off what is being done.
    void kill() {
        stop("");
        monitors.kill();
        runner.kill();
    }

    @Override
    public void close() {
        snapshot.close();
        monitors.close();
        runner.close();
    }
}
