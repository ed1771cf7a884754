package dev.pitot.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a type whose methods' results must be used, because the object itself never changes;
/// [CanIgnoreReturnValue] marks the exceptions. Checkers (Error Prone, SpotBugs, IntelliJ) recognise the
/// annotation by its simple name.
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface CheckReturnValue {}
