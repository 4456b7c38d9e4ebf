/**
 * The task engine measured beside its peers: the same no-op work, in turn, on the same stores. Every measurement is a process of
 * its own; the figures compare engines within one run and nothing else.
 */
@NullMarked
package io.bascule.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
