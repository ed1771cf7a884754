/// What tests measured, as series for others: files, a page for Prometheus to read, and pushes to
/// a Pushgateway. Listens to events and knows nothing of who measures.
module dev.pitot.metrics {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
}
