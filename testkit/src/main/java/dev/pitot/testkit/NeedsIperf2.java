package dev.pitot.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a test, or a class of tests, that needs a real iperf 2 (program `iperf`). Where there is
/// none the test is skipped by name with the reason; but where the environment says `CI=true` it
/// fails.
@Documented
@ExtendWith(RealIperf2.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NeedsIperf2 {}
