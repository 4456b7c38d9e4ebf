/**
 * The whole platform on one machine: embedded stores and the real service jars as processes, a demo agent and demo
 * resources, and what other terminals can ask about them.
 *
 * <p>Invariant: one launcher per folder; when it has ended, whether by itself, by a signal or by the start of its
 * successor, none of its processes runs.
 */
@NullMarked
package io.bascule.local;

import org.jspecify.annotations.NullMarked;
