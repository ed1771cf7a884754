/// What tests measured, as instruments of OpenTelemetry, for programs that have it already.
@SuppressWarnings("requires-transitive-automatic") // its meter is what this is about, and it has no descriptor yet
module dev.pitot.metrics.otel {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive io.opentelemetry.api;

    exports dev.pitot.metrics.otel;
}
