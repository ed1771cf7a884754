package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.pitot.checks.HouseRule.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class HouseRulesTest {
    private final Map<Scope, JavaClasses> classes = new EnumMap<>(Scope.class);

    @BeforeAll
    @Timeout(600) // reads every class and what it uses: slow while others take all cores
    void readAllModules() throws IOException {
        classes.put(Scope.MAIN, SourceTree.mainClasses());
        classes.put(Scope.TESTS, SourceTree.testClasses());
        classes.put(Scope.ALL, SourceTree.allClasses());
    }

    static Stream<HouseRule> rules() {
        return Stream.of(
                        LayerRules.rules(),
                        DependencyRules.rules(),
                        MachineAccessRules.rules(),
                        NameRules.rules(),
                        StyleRules.rules())
                .flatMap(rules -> rules);
    }

    static Stream<String> modules() {
        return SourceTree.MODULES.stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseObeys(HouseRule rule) {
        EvaluationResult result = rule.rule().evaluate(classes.get(rule.scope()));

        assertThat(result.getFailureReport().getDetails()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleCanFail(HouseRule rule, @TempDir Path output) throws IOException {
        JavaClasses violation = Fixture.compile(rule.violation(), output);

        assertThat(rule.rule().evaluate(violation).hasViolation()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleIsLookedAt(String module) {
        assertThat(classes.get(Scope.MAIN))
                .anyMatch(type -> type.getPackageName().startsWith("dev.pitot." + module.replace('-', '.')));
    }
}
