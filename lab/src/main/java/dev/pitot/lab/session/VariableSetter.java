package dev.pitot.lab.session;

import dev.pitot.lab.hook.HookContext;
import dev.pitot.lab.hook.HookResult;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.plan.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The variables of a session, and what they are set to. Any thread may use it; of tests that begin
/// at once one sets, and the others wait for it.
final class VariableSetter {
    private final List<Variable> variables;
    private final HookCall call;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Current> current = new HashMap<>();

    /// Runs a hook of a test.
    @FunctionalInterface
    interface HookCall {
        /// Runs it, and returns what it reported.
        ///
        /// @param label names the hook in files: `set_angle_1`
        HookResult run(Hook hook, String label, HookContext context) throws InterruptedException;
    }

    /// A value that was set, and what its hooks reported.
    private record Current(String value, List<HookResult> results) {}

    VariableSetter(List<Variable> variables, HookCall call) {
        this.variables = variables;
        this.call = call;
    }

    /// Sets the variables of a test that differ from what is set, in the plan's order, up to the
    /// first that fails. The value of that one is unknown then.
    ///
    /// @return what the hooks have reported when they set these values; of one that failed as the
    ///     last
    List<HookResult> set(HookContext context) throws InterruptedException {
        List<HookResult> all = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            for (Variable variable : variables) {
                String wanted = context.point().variables().get(variable.name());
                if (wanted == null) {
                    continue;
                }
                Current is = current.get(variable.name());
                if (is == null || !is.value().equals(wanted)) {
                    is = changed(variable, wanted, context);
                }
                all.addAll(is.results());
                if (!current.containsKey(variable.name())) {
                    break; // it could not be set
                }
            }
        } finally {
            lock.unlock();
        }
        return all;
    }

    private Current changed(Variable variable, String wanted, HookContext context) throws InterruptedException {
        current.remove(variable.name()); // unknown until all of its hooks are done
        List<HookResult> results = new ArrayList<>();
        int number = 0;
        for (Hook hook : variable.set()) {
            number++;
            HookResult result = call.run(hook, "set_" + variable.name() + "_" + number, context);
            results.add(result);
            if (result.failure() != null) {
                results.set(
                        results.size() - 1,
                        result.failing(variable.name() + " could not be set to " + wanted + ": " + result.failure()));
                return new Current(wanted, results);
            }
        }
        var set = new Current(wanted, List.copyOf(results));
        current.put(variable.name(), set);
        return set;
    }
}
