package dev.pitot.model.config;

/// What carries the data streams. The control connection is always TCP.
public enum Protocol {
    TCP
}
