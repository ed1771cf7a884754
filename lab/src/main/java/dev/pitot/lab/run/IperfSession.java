package dev.pitot.lab.run;

import dev.pitot.lab.engine.TestSettings;
import dev.pitot.lab.plan.TestCase.Pair;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Chooses the nodes of a test by their names and the direction, and runs it. What came of the
/// last one stays to be asked for. Any thread may use it, several at once.
public final class IperfSession {
    private final Map<String, Device> devices;
    private volatile @Nullable TestOutcome last;

    /// @param devices by name
    public IperfSession(Map<String, Device> devices) {
        this.devices = Map.copyOf(devices);
    }

    /// Who takes part, by the way in which data flows.
    public record SenderReceiver(Device sender, Device receiver) {}

    /// Who takes part.
    ///
    /// @throws IllegalArgumentException if there is no node of such a name
    public SenderReceiver participants(Pair pair) {
        return new SenderReceiver(device(pair.sender()), device(pair.receiver()));
    }

    private Device device(String name) {
        Device device = devices.get(name);
        if (device == null) {
            throw new IllegalArgumentException("there is no node '" + name + "': the nodes are "
                    + String.join(", ", new TreeSet<>(devices.keySet())));
        }
        return device;
    }

    /// Runs a test.
    ///
    /// @throws IllegalArgumentException if there is no node of such a name
    /// @throws InterruptedException if this thread was interrupted; both programs are ended then
    public TestOutcome run(Pair pair, TestSettings settings, Circumstances around, IperfTest.Outputs outputs)
            throws InterruptedException {
        return run(pair, new IperfTest(settings, around), outputs);
    }

    /// Runs a test that somebody else may stop.
    public TestOutcome run(Pair pair, IperfTest test, IperfTest.Outputs outputs) throws InterruptedException {
        SenderReceiver both = participants(pair);
        TestOutcome outcome = test.run(both.sender(), both.receiver(), outputs);
        last = outcome;
        return outcome;
    }

    /// What came of the last test that was run; null before the first.
    public @Nullable TestOutcome poll() {
        return last;
    }
}
