package dev.pitot.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a test, or a test class, that needs a tool that not every machine has. If it is missing,
/// the test is skipped with the reason; with `CI=true` in the environment it fails, so that a
/// missing tool in CI is noticed.
@Documented
@Inherited
@ExtendWith(NeedsCondition.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    /// Tools that are needed, all of them.
    Tool[] value();
}
