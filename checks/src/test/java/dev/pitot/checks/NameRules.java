package dev.pitot.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Rules for type names: their words are in docs/glossary.md, and no two types have the same name.
final class NameRules {
    /// Packages whose names do not follow the glossary yet.
    private static final Set<String> EXCEPTED = Set.of("examples");

    /// Names of types that exist once per role of a test, or per socket family.
    private static final Set<String> COUNTERPARTS =
            Set.of("AwaitingDatagrams", "AwaitingFailureCause", "AwaitingResults", "Ended", "Running");

    private NameRules() {}

    static Stream<HouseRule> rules() {
        return Stream.of(knownWords(), oneMeaning());
    }

    private static HouseRule knownWords() {
        Set<String> words = Glossary.words();
        return HouseRule.main(
                classes()
                        .that(areNamedHere())
                        .should(haveWordsFrom(words))
                        .as(
                                "the words of type names should be in docs/glossary.md: use the usual word, or add yours there"),
                "package dev.pitot.engine; final class Doorway {}");
    }

    private static HouseRule oneMeaning() {
        return HouseRule.main(
                classes()
                        .that(areNamedHere())
                        .should(new UniqueNames())
                        .as("no two types should have the same simple name, except for the two roles of a test"),
                "package dev.pitot.engine; final class Limiter {}",
                "package dev.pitot.output; final class Limiter {}");
    }

    private static DescribedPredicate<JavaClass> areNamedHere() {
        return DescribedPredicate.describe(
                "are named by the glossary",
                type -> EXCEPTED.stream().noneMatch(room -> isIn(type, "dev.pitot." + room))
                        && !type.isAnonymousClass()
                        && !type.getSimpleName().equals("package-info"));
    }

    private static boolean isIn(JavaClass type, String packageName) {
        return type.getPackageName().equals(packageName)
                || type.getPackageName().startsWith(packageName + ".");
    }

    private static ArchCondition<JavaClass> haveWordsFrom(Set<String> known) {
        return new ArchCondition<>("have known words") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (String word : Glossary.wordsOf(type.getSimpleName())) {
                    if (!known.contains(word)) {
                        events.add(SimpleConditionEvent.violated(
                                type, type.getName() + ": \"" + word + "\" is not in docs/glossary.md"));
                    }
                }
            }
        };
    }

    /// Compares the names of top-level types; nested types are qualified by the enclosing type.
    private static final class UniqueNames extends ArchCondition<JavaClass> {
        private final Map<String, List<String>> types = new TreeMap<>();

        UniqueNames() {
            super("have a unique name");
        }

        @Override
        public void init(Collection<JavaClass> all) {
            types.clear();
            for (JavaClass type : all) {
                if (type.isTopLevelClass() && !COUNTERPARTS.contains(type.getSimpleName())) {
                    types.computeIfAbsent(type.getSimpleName(), _ -> new ArrayList<>())
                            .add(type.getName());
                }
            }
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            List<String> named = types.getOrDefault(type.getSimpleName(), List.of());
            if (type.isTopLevelClass() && named.size() > 1) {
                events.add(SimpleConditionEvent.violated(type, type.getSimpleName() + " is the name of " + named));
            }
        }
    }
}
