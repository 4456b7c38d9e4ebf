package io.bascule.orchestrator.pods;

import java.util.List;

/** The pods of workers in this namespace, as the cluster has them. */
interface WorkerPods {

    /** @throws ClusterException when the cluster cannot be asked or refuses */
    List<WorkerPod> list();

    /**
     * Writes the deletion cost on a pod; does nothing to one that is gone.
     *
     * @throws ClusterException when the cluster cannot be asked or refuses
     */
    void setCost(String pod, int cost);
}
