package dev.pitot.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Whoever calls a method of this type must use what it returns, for the object itself never
/// changes; [CanIgnoreReturnValue] marks the exceptions. Checkers (Error Prone, SpotBugs,
/// IntelliJ) know the annotation by its simple name.
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface CheckReturnValue {}
