package io.bascule.orchestrator.pods;

/**
 * A pod that runs a worker.
 *
 * @param name also the name of its worker
 * @param cost the deletion cost that stands on it, 0 if none does
 */
record WorkerPod(String name, int cost) {}
