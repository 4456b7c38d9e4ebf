package io.bascule.api.resources;

import io.bascule.api.naming.Labels;

/** A resource as somebody wants it, every part within its rules. */
record ResourceSpecification(String name, ResourceKind kind, String agent, String host, int port, Labels labels) {}
