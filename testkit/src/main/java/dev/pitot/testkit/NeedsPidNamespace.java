package dev.pitot.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a test, or a class of tests, that needs a space of process numbers of its own
/// (`unshare --pid --fork --mount-proc`), so that it can end processes by name without touching
/// others of the machine. Where the system does not permit that the test is skipped by name with
/// the reason; but where the environment says `CI=true` it fails.
@Documented
@ExtendWith(RealPidNamespace.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NeedsPidNamespace {}
