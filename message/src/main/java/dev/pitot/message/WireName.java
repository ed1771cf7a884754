package dev.pitot.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of a record at the other end (its simple name otherwise), or of a component of it. The names
/// of fields matter as soon as [FieldOrder.Python2] orders them: `pos_x` is not `posX`.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface WireName {
    /// The name.
    String value();
}
