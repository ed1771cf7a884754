/// What tests measured, as meters of Micrometer, for programs that have it already.
@SuppressWarnings("requires-transitive-automatic") // its registry is what this is about, and it has no descriptor yet
module dev.pitot.metrics.micrometer {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive micrometer.core;

    exports dev.pitot.metrics.micrometer;
}
