package dev.pitot.lab.session;

import dev.pitot.lab.measurement.NodeHandle;
import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.NodeLease;
import dev.pitot.lab.process.NodeLease.Outcome;
import dev.pitot.lab.process.StaleProcesses;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.lab.tool.InstalledTool;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The leases of a session's nodes: taken all or none, so that two sessions never wait for each
/// other; renewed, each on a thread of its own, so that no slow node delays another's; given back
/// on [#close]. What dead sessions have left on the nodes is ended when they are taken. Nodes
/// that are not to be touched, and those without a POSIX shell (Windows), have no lease. Any
/// thread may use it.
final class NodeLeases implements AutoCloseable {
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration VALIDITY = Duration.ofSeconds(60);
    private static final int CONSOLE_FACTOR = 3; // a console does one thing at a time
    private static final Duration SLICE = Duration.ofMillis(100); // how soon a stop is noticed
    private static final Duration PAUSE = Duration.ofSeconds(1); // between two attempts to take
    private static final Duration GIVING_BACK = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(1); // after a stop
    private static final String HERE = "this machine";

    private final Terms terms;
    private final NanoClock clock = new MachineClock();
    private final CountDownLatch isClosed = new CountDownLatch(1);
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Map<String, String> lost = new ConcurrentHashMap<>();
    private final List<Thread> renewers = new ArrayList<>();
    private long takenNanos; // when the last attempt to take the nodes began

    /// What the taking of leases needs to know.
    ///
    /// @param owner whose the nodes become
    /// @param timeout for nodes that another session has; zero to be refused at once
    /// @param clock and zone, for times of day in the log
    /// @param log takes sentences
    /// @param isStopped whether the session has been stopped: then waiting ends
    record Terms(
            NodeLease.Owner owner,
            Duration timeout,
            InstantSource clock,
            ZoneId zone,
            Consumer<String> log,
            BooleanSupplier isStopped) {}

    /// One node and its lease.
    ///
    /// @param endsOrphans whether what dead sessions have left there is ended
    private record Held(String name, NodeLease lease, Duration renewal, boolean endsOrphans) {}

    private NodeLeases(Terms terms) {
        this.terms = terms;
    }

    /// Takes the nodes, and ends what dead sessions have left there. A node that cannot be reached
    /// is logged, and is taken when it can be.
    ///
    /// @param devices of the plan
    /// @param here commands on this machine, where hooks run beside those of other sessions; null for none
    /// @throws ConnectionException if another session has a node until the wait is over, or one that answers
    ///     cannot be taken: no lease is held then
    static NodeLeases acquire(Collection<NodeHandle> devices, @Nullable NodeCommands here, Terms terms)
            throws ConnectionException, InterruptedException {
        return acquire(devices, here, terms, RENEWAL);
    }

    /// @param renewal between two renewals
    static NodeLeases acquire(
            Collection<NodeHandle> devices, @Nullable NodeCommands here, Terms terms, Duration renewal)
            throws ConnectionException, InterruptedException {
        List<Held> wanted = new ArrayList<>();
        if (here != null && here.system() != OperatingSystem.WINDOWS) {
            wanted.add(new Held(
                    HERE,
                    new NodeLease(here, terms.owner(), VALIDITY, terms.owner().session()),
                    renewal,
                    true));
        }
        for (NodeHandle device : devices) {
            OperatingSystem system = device.node().system();
            if (!device.isManual() && system != OperatingSystem.WINDOWS && system != OperatingSystem.IOS) {
                ConnectionSettings settings = device.node().connectionSettings();
                int factor =
                        settings instanceof ConnectionSettings.Telnet || settings instanceof ConnectionSettings.Serial
                                ? CONSOLE_FACTOR
                                : 1;
                var lease = new NodeLease(device.commands(), terms.owner(), VALIDITY.multipliedBy(factor), "");
                boolean endsOrphans = device.node().control().staleProcesses() != Node.StaleProcessPolicy.NONE;
                wanted.add(new Held(device.node().name(), lease, renewal.multipliedBy(factor), endsOrphans));
            }
        }
        var leases = new NodeLeases(terms);
        List<Held> held = leases.takeAll(wanted);
        held.forEach(leases::keep); // from now on: what follows may take longer than a lease is valid
        boolean isDone = false;
        try {
            SessionNodes.atOnce(held, leases::endOrphans);
            SessionNodes.atOnce(devices, leases::endStaleProcesses);
            isDone = true;
        } finally {
            if (!isDone) {
                leases.close(SOON);
            }
        }
        return leases;
    }

    /// Takes all, waiting between attempts without any.
    private List<Held> takeAll(List<Held> wanted) throws ConnectionException, InterruptedException {
        long began = clock.nanoTime();
        boolean isLogged = false;
        while (true) {
            List<@Nullable Outcome> outcomes;
            takenNanos = clock.nanoTime();
            try {
                outcomes = SessionNodes.atOnce(wanted, this::take);
            } catch (InterruptedException e) {
                giveBack(wanted, SOON);
                throw e;
            }
            List<Held> taken = new ArrayList<>();
            List<Held> unreachable = new ArrayList<>();
            List<String> obstacles = new ArrayList<>();
            List<String> faults = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                Held each = wanted.get(i);
                Outcome outcome = outcomes.get(i);
                if (outcome == null) {
                    unreachable.add(each);
                } else if (!outcome.fault().isEmpty()) {
                    faults.add(each.name() + " cannot be taken: " + outcome.fault());
                } else if (!outcome.isOurs()) {
                    obstacles.add(each.name() + " is used by " + outcome.holder());
                } else if (!outcome.isShared()) {
                    taken.add(each);
                }
            }
            if (obstacles.isEmpty() && faults.isEmpty()) {
                taken.addAll(unreachable); // their threads try again
                return taken;
            }
            giveBack(taken, GIVING_BACK);
            if (!faults.isEmpty()) { // no waiting mends them
                throw new ConnectionException(String.join("; ", faults));
            }
            String obstacle = String.join(", ", obstacles);
            if (clock.nanoTime() - began >= terms.timeout().toNanos()
                    || terms.isStopped().getAsBoolean()) {
                throw new ConnectionException(
                        obstacle + ": wait until it is done, end it, or let the plan wait for the node");
            }
            if (!isLogged) {
                isLogged = true;
                terms.log().accept(obstacle + ": waiting for it");
            }
            awaitNextAttempt();
        }
    }

    private void awaitNextAttempt() throws InterruptedException {
        long millis = PAUSE.toMillis() + ThreadLocalRandom.current().nextLong(PAUSE.toMillis() / 2);
        long began = clock.nanoTime();
        while (clock.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(millis)
                && !terms.isStopped().getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(SLICE.toMillis());
        }
    }

    /// Null if the node cannot be reached.
    private @Nullable Outcome take(Held wanted) throws InterruptedException {
        try {
            Outcome outcome = wanted.lease().take();
            if (!wanted.name().equals(HERE) || outcome.fault().isEmpty()) {
                return outcome;
            }
            logUntaken(HERE, outcome.fault()); // it keeps nobody out
        } catch (ConnectionException e) {
            logUntaken(wanted.name(), String.valueOf(e.getMessage()));
        }
        return null;
    }

    private void logUntaken(String name, String reason) {
        terms.log()
                .accept(
                        name.equals(HERE)
                                ? "what earlier sessions have left running on this machine is not ended: " + reason
                                : name + " is not taken: " + reason);
    }

    private @Nullable Void endOrphans(Held held) throws InterruptedException {
        if (held.endsOrphans()) {
            try {
                held.lease().endOrphans(terms.clock().instant(), terms.zone()).forEach(terms.log());
            } catch (ConnectionException e) {
                refuse(held.name(), e);
            }
        }
        return null;
    }

    private @Nullable Void endStaleProcesses(NodeHandle device) throws InterruptedException {
        if (!device.isManual() && device.node().control().staleProcesses() == Node.StaleProcessPolicy.ALL) {
            try {
                List<String> programs = device.programs().all().stream()
                        .map(InstalledTool::path)
                        .toList();
                new StaleProcesses(device.commands(), device.node().name())
                        .end(programs)
                        .forEach(terms.log());
            } catch (ConnectionException e) {
                refuse(device.node().name(), e);
            }
        }
        return null;
    }

    /// What could not be ended spoils the tests of its node, not the session.
    private void refuse(String node, ConnectionException e) {
        String reason = String.valueOf(e.getMessage());
        terms.log().accept(reason);
        refused.put(node, reason);
    }

    private void keep(Held held) {
        renewers.add(Thread.ofVirtual().name("lab-lease-" + held.name()).start(() -> renewUntilClosed(held)));
    }

    private void renewUntilClosed(Held held) {
        try {
            long wait = held.renewal().toNanos() - (clock.nanoTime() - takenNanos);
            while (!isClosed.await(wait, TimeUnit.NANOSECONDS)) {
                renew(held);
                wait = held.renewal().toNanos();
            }
            held.lease().release();
        } catch (ConnectionException e) {
            terms.log().accept(held.name() + " was not given back: " + e.getMessage());
        } catch (InterruptedException _) { // it took too long: the lease is over in a minute
            Thread.currentThread().interrupt();
        }
    }

    private void renew(Held held) throws InterruptedException {
        try {
            Outcome outcome = held.lease().renew();
            if (outcome.isOurs()) {
                lost.remove(held.name());
            } else if (outcome.fault().isEmpty() && lost.put(held.name(), outcome.holder()) == null) {
                terms.log().accept(held.name() + " was lost to " + outcome.holder());
            }
        } catch (ConnectionException _) { // a command of a test reports it
        }
    }

    /// Why a test must not use a node: another session has it since its lease was over, or a program that
    /// somebody has left there cannot be ended.
    ///
    /// @return one sentence; null if nothing is against it
    @Nullable String obstacle(String node) {
        String holder = lost.get(node);
        return holder == null
                ? refused.get(node)
                : node + " could not be reached for a minute, and is used by " + holder
                        + " now: run the test again later";
    }

    private static void giveBack(List<Held> taken, Duration timeout) throws InterruptedException {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (Held each : taken) {
            tasks.add(() -> {
                each.lease().release(); // where it fails, the lease is over by itself in a minute
                return true;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(tasks, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Gives all nodes back. Takes as long as the slowest node, 15 s at most.
    @Override
    public void close() {
        close(GIVING_BACK);
    }

    private void close(Duration timeout) {
        isClosed.countDown();
        long deadline = clock.nanoTime() + timeout.toNanos();
        try {
            for (Thread renewer : renewers) {
                renewer.join(Duration.ofNanos(Math.max(1, deadline - clock.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the caller's next wait throws
        }
        renewers.forEach(Thread::interrupt);
    }
}
