package dev.pitot.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a test, or a class of tests, that needs a [NamespacePair]. Where the system does not
/// permit network namespaces (no Linux, no root, a container without the right) the test is
/// skipped by name with the reason. Where it does, but `ip` or `nft` is not installed, the test
/// is skipped too; but where the environment says `CI=true` it fails.
@Documented
@ExtendWith(RealNamespaces.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NeedsNamespaces {}
