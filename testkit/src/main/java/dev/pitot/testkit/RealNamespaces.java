package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides whether a test marked [NeedsNamespaces] runs.
public final class RealNamespaces implements ExecutionCondition {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> PROGRAMS = List.of("ip", "nft");

    private final Machine machine;
    private final boolean required;

    /// For JUnit: as this machine and its environment are.
    public RealNamespaces() {
        this(new ThisMachine(), "true".equals(System.getenv("CI")));
    }

    RealNamespaces(Machine machine, boolean required) {
        this.machine = machine;
        this.required = required;
    }

    /// Asked before each marked class and each marked method.
    ///
    /// @throws IllegalStateException if the machine permits namespaces and must have the
    ///     programs, but has not; JUnit then fails the test
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!machine.permits()) {
            return ConditionEvaluationResult.disabled("network namespaces are not permitted here (unshare --net)");
        }
        List<String> missing =
                PROGRAMS.stream().filter(program -> !machine.has(program)).toList();
        if (!missing.isEmpty()) {
            return withoutPrograms(missing);
        }
        return machine.obstacle()
                .map(obstacle -> ConditionEvaluationResult.disabled("this machine cannot: " + obstacle))
                .orElseGet(() -> ConditionEvaluationResult.enabled("namespaces, ip and nft found"));
    }

    private ConditionEvaluationResult withoutPrograms(List<String> missing) {
        String reason = "no " + String.join(", no ", missing) + " on PATH (./verify installs them where it may)";
        if (required) {
            throw new IllegalStateException(reason + ", and CI=true");
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    /// What the condition asks the machine.
    interface Machine {
        /// Whether this process may make a network namespace.
        boolean permits();

        /// Whether a program is on `PATH`.
        boolean has(String program);

        /// Why no pair of namespaces with a packet filter can be made; empty if it can.
        Optional<String> obstacle();
    }

    private static final class ThisMachine implements Machine {
        @Override
        public boolean permits() {
            try {
                return CommandRun.of(List.of("unshare", "--net", "true"), PATIENCE)
                        .succeeded();
            } catch (IOException _) { // no unshare: no Linux
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean has(String program) {
            return SearchPath.ofThisProcess().has(program);
        }

        @Override
        public Optional<String> obstacle() {
            try (var pair = NamespacePair.create()) {
                pair.dropEveryNthDatagram(NamespaceSide.SERVER, 2);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
