package io.bascule.runner.egress;

/** Hears of one job's egress, from several threads. */
public interface EgressListener {

    /** The job has sent and received more than it may. Told once. */
    void limitReached();

    /** The job asks for a connection to a resource that it may have. */
    void resourceWanted(String connection, String resource);
}
