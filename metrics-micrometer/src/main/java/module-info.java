/// Records test metrics in Micrometer, for programs that already use it.
@SuppressWarnings("requires-transitive-automatic") // part of the API; has no module descriptor yet
module dev.pitot.metrics.micrometer {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive micrometer.core;

    exports dev.pitot.metrics.micrometer;
}
