/// Records test metrics in OpenTelemetry, for programs that already use it.
@SuppressWarnings("requires-transitive-automatic") // part of the API; has no module descriptor yet
module dev.pitot.metrics.otel {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive io.opentelemetry.api;

    exports dev.pitot.metrics.otel;
}
