/**
 * Tells Kubernetes which pods of workers to keep: one that runs a task costs more to delete than an idle one, so scaling in
 * takes idle pods first. Only inside a cluster and where it is switched on. It decides nothing: a pod that is deleted all the
 * same finishes its task or hands it back.
 */
@NullMarked
package io.bascule.orchestrator.pods;

import org.jspecify.annotations.NullMarked;
