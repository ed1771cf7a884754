package dev.pitot.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a test, or a class of tests, that needs something which not every machine has. Where it
/// is missing the test is skipped with the reason; but where the environment says `CI=true` it
/// fails, so that a machine without it never passes for proof.
@Documented
@Inherited
@ExtendWith(NeedsCondition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    /// All of these.
    Tool[] value();
}
